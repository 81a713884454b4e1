import type { ClusterMember, ClusterView } from '../../types';
import { GUEST } from '../paths';
import { planProxyChange } from '../proxy-change';
import { renderAllFiles, renderViewFiles } from '../render-files';
import type { ProxyOptions } from '../render-haproxy';
import { renderDirector, renderPriority } from '../render-keepalived';
import type { GuestScript } from '../shell';
import { packTar } from '../tar';
import { getMember, hashView } from '../view';

/** Prints the hash of the view in force and, below it, the view. */
export const readViewScript: GuestScript = {
  what: 'Reading the view in force',
  body: `
installed
runs $PROXY || systemctl start $PROXY
runs $DIRECTOR || systemctl start $DIRECTOR
runs $VRRP || systemctl start $VRRP
cat ${GUEST.viewHash}; echo
cat ${GUEST.view}
`,
};

/**
 * Arguments: hash; `draining` for the proxy's state; what the proxy needs: `none`, `runtime`, `reload`; its commands;
 * whether the director reads its configuration again; the weights that IPVS must come to, as `addressInHex:weight …`;
 * the number in the priority file.
 * Prints the running servers of the proxy.
 *
 * A member that fails keepalived's check is not in IPVS: so only the weights of those that are there are waited for,
 * and that none is there who is no member. IPVS has no service where the checks have found nobody yet.
 */
const BODY = `
installed
hash=$1 draining=$2 proxy=$3 commands=$4 director=$5 weights=$6 priority=$7
: > ${GUEST.viewHash}
tar -xpf - -C /
sed -i "s/^draining .*/draining $draining/" ${GUEST.proxyState}
case $proxy in
  runtime) ask "$commands" > /dev/null ;;
  reload) systemctl reload $PROXY ;;
esac
in_force() {
  local arrow address method weight rest
  while read -r arrow address method weight rest; do
    if [ "$arrow" = '->' ] && [ "$method" = Route ]; then
      case " $weights " in *" \${address%:*}:$weight "*) ;; *) return 1 ;; esac
    fi
  done < /proc/net/ip_vs
}
# In place: keepalived would take a file that is replaced for one that is gone.
[ "$(< ${GUEST.vrrpPriority})" = $priority ] || echo $priority > ${GUEST.vrrpPriority}
if [ $director = yes ]; then
  kill -HUP "$(< ${GUEST.directorPid})"
  tries=0
  until in_force; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { echo 'the director did not come to the weights of the view' >&2; exit 1; }
    pause 0.03
  done
fi
printf %s "$hash" > ${GUEST.viewHash}
ask 'show servers state app'
`;

const hexOf = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

/** Brings a member from the view in force to another one. */
export const configureScript = (
  vmId: string,
  from: ClusterView | null,
  to: ClusterView,
  options: ProxyOptions,
): GuestScript => {
  const self = getMember(to, vmId);
  const before = from?.members.find((member) => member.vmId === vmId);
  const proxy =
    from === null || before === undefined
      ? ({ kind: 'reload' } as const)
      : planProxyChange({ view: from, self: before }, { view: to, self }, options);
  const sameDirector =
    from !== null && before !== undefined && renderDirector(from, before) === renderDirector(to, self);
  const files = proxy.kind === 'reload' ? renderAllFiles(to, self, options) : renderViewFiles(to, self, options);
  return {
    what: 'Configuring the member',
    body: BODY,
    args: [
      hashView(to),
      drainingValue(self),
      proxy.kind,
      proxy.kind === 'runtime' ? proxy.commands.join(' ; ') : '',
      sameDirector ? 'no' : 'yes',
      to.members.map((member) => `${hexOf(member.address)}:${member.weight}`).join(' '),
      renderPriority(self).trim(),
    ],
    input: packTar(files).toString('utf8'),
  };
};

const drainingValue = (self: ClusterMember): string => (self.draining ? '1' : '0');

/** Lets a new proxy with the written configuration take over. Prints its servers when it serves. */
export const reloadProxyScript: GuestScript = {
  what: 'Reloading the proxy',
  body: `
installed
systemctl daemon-reload
before=$(ask 'show info' | grep ^Pid:)
systemctl reload $PROXY
tries=0
until [ "$(ask 'show info' 2>/dev/null | grep ^Pid:)" != "$before" ]; do
  tries=$((tries + 1))
  [ $tries -lt 100 ] || { echo 'the proxy did not take its configuration over' >&2; exit 1; }
  pause 0.05
done
ask 'show servers state app'
`,
};
