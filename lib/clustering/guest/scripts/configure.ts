import type { ClusterMember, ClusterView } from '../../types';
import { hexOf } from '../hex-address';
import { GUEST } from '../paths';
import { planProxyChange } from '../proxy-change';
import { renderWriteFiles } from '../put';
import { renderAllFiles, renderViewFiles } from '../render-files';
import type { ProxyOptions } from '../render-haproxy';
import { CLIENT_MARK, renderDirector, renderPriority } from '../render-keepalived';
import type { GuestScript } from '../shell';
import { beginsToStand, getMember, hashView } from '../view';

/**
 * Arguments: hash of the wanted view; hash of the view from which this script leads there, `any` for one that leads
 * there from everywhere; `draining` for the proxy's state; what the proxy needs: `none`, `runtime`, `reload`; its
 * commands; after how many seconds the director reads its configuration again, or `never`; the
 * weights that change, as `addressInHex=address=weight …`; the number in the priority file; whether it stands for the VIP
 * from now on.
 *
 * Prints `same`; or `other` and hash and view in force, and nothing was done; or `applied` and the proxy's servers.
 *
 * Weights are given to IPVS at once, and who takes requests is added to it: the director's reload takes some 300 ms under
 * emulation, and confirms behind it what IPVS has (a destination that is there already is none of keepalived's errors).
 * One that runs while the next change is made is what that change waits for, so it comes when nothing has changed for a
 * while. A check that meanwhile finds a member up gives it the weight of before, which does no harm: who drains hands over
 * what it gets, and of a newcomer the director does not know yet.
 */
const SETTLED_SECONDS = 5;
/** Who takes requests is not left unchecked for longer, whatever changes meanwhile. */
const ACTIVE_SECONDS = 1;
/** Looks, half a second apart, at a director that is only starting. */
const STARTING_LOOKS_MAX = 120;
const CHANGE = '/run/headroom-director-change';

const BODY = `
installed
hash=$1 from=$2 draining=$3 proxy=$4 commands=$5 director=$6 weights=$7 priority=$8 stands=$9
in_force=$(< ${GUEST.viewHash})
if [ "$in_force" = "$hash" ]; then echo same; exit; fi
if [ $from != any ] && [ "$in_force" != "$from" ]; then
  echo other
  echo "$in_force"
  cat ${GUEST.view}
  exit
fi
: > ${GUEST.viewHash}
write_files
remember draining $draining
case $proxy in
  runtime) servers=$(ask "$commands ; show servers state app") ;;
  reload) systemctl reload headroom-proxy ;;
esac
changed_weights() {
  local kind address method weight rest wanted service= known=' '
  while read -r kind address method weight rest; do
    [ "$kind" != FWM ] || service=yes
    [ "$kind" = '->' ] && [ "$method" = Route ] || continue
    address=\${address%:*}
    known+="$address=$weight "
  done < /proc/net/ip_vs
  [ -n "$service" ] || return 0
  for wanted in $weights; do
    address=\${wanted%%=*} weight=\${wanted##*=} wanted=\${wanted#*=}
    case $known in
      *" $address=$weight "*) ;;
      *" $address="*) echo "-e -f ${CLIENT_MARK} -r \${wanted%=*} -g -w $weight" ;;
      *) [ $weight = 0 ] || echo "-a -f ${CLIENT_MARK} -r \${wanted%=*} -g -w $weight" ;;
    esac
  done
}
directs() { [[ $(< /proc/net/ip_vs) == *FWM* ]]; }
reload_director() { [ ! -s ${GUEST.directorPid} ] || kill -HUP "$(< ${GUEST.directorPid})" 2>/dev/null || true; }
reload_later() {
  pause $director
  [ $director != ${SETTLED_SECONDS} ] || [ "$(< ${CHANGE})" = "$hash" ] || return 0
  # One that is only starting may have read what was there before, and would not hear the signal.
  tries=0
  until directs || [ $tries = ${STARTING_LOOKS_MAX} ]; do
    tries=$((tries + 1))
    pause 0.5
  done
  reload_director
}
if [ $director != never ]; then
  edits=$(changed_weights)
  [ -z "$edits" ] || ipvsadm --restore <<< "$edits"
  printf %s "$hash" > ${CHANGE}
  if [ $director = 0 ]; then reload_director; else reload_later > /dev/null 2>&1 < /dev/null & fi
fi
# In place: keepalived would take a file that is replaced for one that is gone.
[ "$(< ${GUEST.vrrpPriority})" = $priority ] || echo $priority > ${GUEST.vrrpPriority}
[ $stands = no ] || echo 0 > ${GUEST.vrrpYield}
printf %s "$hash" > ${GUEST.viewHash}
echo applied
echo "\${servers:-$(ask 'show servers state app')}"
`;

const takesMore = (from: ClusterView, { vmId, weight }: ClusterMember): boolean => weight > (weightOf(from, vmId) ?? 0);

const weightOf = (view: ClusterView, vmId: string): number | null =>
  view.members.find((member) => member.vmId === vmId)?.weight ?? null;

/** A member that a check has found down has weight 0 whatever the views say: only what changes is touched. */
const changedWeights = (from: ClusterView | null, to: ClusterView): string =>
  to.members
    .filter(({ vmId, weight }) => {
      const before = from === null ? null : weightOf(from, vmId);
      return before !== null && before !== weight;
    })
    .map(({ address, weight }) => `${hexOf(address)}=${address}=${weight}`)
    .join(' ');

/** Brings a member from one view to another; from `null`, from whatever is in force. */
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
  const directorReads =
    from === null || before === undefined
      ? '0'
      : renderDirector(from, before) === renderDirector(to, self)
        ? 'never'
        : String(to.members.some((member) => takesMore(from, member)) ? ACTIVE_SECONDS : SETTLED_SECONDS);
  const files = proxy.kind === 'reload' ? renderAllFiles(to, self, options) : renderViewFiles(to, self, options);
  return {
    what: 'Configuring the member',
    body: `${renderWriteFiles(files)}${BODY}`,
    args: [
      hashView(to),
      from === null ? 'any' : hashView(from),
      drainingValue(self),
      proxy.kind,
      proxy.kind === 'runtime' ? proxy.commands.join(' ; ') : '',
      directorReads,
      changedWeights(from, to),
      renderPriority(self).trim(),
      beginsToStand(before, self) ? 'yes' : 'no',
    ],
  };
};

const drainingValue = (self: ClusterMember): string => (self.draining ? '1' : '0');

/** Lets a new proxy with the written configuration take over. Prints its servers when it serves. */
export const reloadProxyScript: GuestScript = {
  what: 'Reloading the proxy',
  body: `
installed
before=$(< ${GUEST.proxyPid})
systemctl reload headroom-proxy
tries=0
until [ "$(< ${GUEST.proxyPid})" != "$before" ] && servers=$(ask 'show servers state app' 2>/dev/null); do
  tries=$((tries + 1))
  [ $tries -lt 100 ] || { echo 'the proxy did not take its configuration over' >&2; exit 1; }
  pause 0.05
done
echo "$servers"
`,
};
