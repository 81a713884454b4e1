import type { ClusterMember, ClusterView } from '../../types';
import { GUEST, UNITS, unitPath } from '../paths';
import { renderWriteFiles } from '../put';
import { renderAllFiles } from '../render-files';
import { type ProxyOptions, renderProxyState } from '../render-haproxy';
import { renderPriority, renderVrrp } from '../render-keepalived';
import type { GuestScript } from '../shell';
import { hashView, standsForVip } from '../view';

const unitFiles = Object.values(UNITS).map(unitPath).join(' ');

/**
 * Puts everything in place and starts it; prints `installed`, or `present` when a clustering process runs already and
 * nothing was done.
 *
 * It ends when the node can serve: the proxy listens and the application, where it runs, is healthy. The director and
 * VRRP come up behind it, because only those that stand for the VIP need them.
 *
 * systemd reads units that it has never seen when they are started: only changed ones need a daemon-reload, which
 * costs 2.5 s under emulation.
 */
const BODY = `
if [ -s ${GUEST.viewHash} ] && runs $PROXY && runs $DIRECTOR && runs $VRRP; then echo present; exit; fi
hash=$1 application=$2 before=
[ ! -e ${unitPath(UNITS.proxy)} ] || before=$(cat ${unitFiles} 2>/dev/null || true)
[ ! -e ${GUEST.viewHash} ] || : > ${GUEST.viewHash}
write_files
. ${GUEST.node}
if [ -n "$before" ] && [ "$before" != "$(cat ${unitFiles})" ]; then systemctl daemon-reload; fi
units="$PROXY $DIRECTOR $VRRP"
[ $application = no ] || units="$WORKLOAD $units"
echo $3 > ${GUEST.vrrpYield}
. ${GUEST.prepare}
systemctl start --no-block $units 2>/dev/null || { systemctl daemon-reload; systemctl start --no-block $units; }
tries=0
until [ -S ${GUEST.proxySocket} ] && { [ $application = no ] || healthy; }; do
  tries=$((tries + 1))
  [ $tries -lt 1000 ] || { systemctl status --no-pager --lines=5 $units >&2 || true; exit 1; }
  pause 0.03
done
printf %s "$hash" > ${GUEST.viewHash}
echo installed
`;

export const installScript = (view: ClusterView, self: ClusterMember, options: ProxyOptions): GuestScript => ({
  what: 'Installing the clustering process',
  body: `${renderWriteFiles([
    ...renderAllFiles(view, self, options),
    { path: GUEST.vrrpConfig, content: renderVrrp(view, self), mode: '0644' },
    { path: GUEST.vrrpPriority, content: renderPriority(self), mode: '0644' },
    { path: GUEST.proxyState, content: renderProxyState(self), mode: '0644' },
  ])}${BODY}`,
  args: [
    hashView(view),
    view.workload.volume === null && self.runsApplication ? 'yes' : 'no',
    standsForVip(self) ? '0' : '1',
  ],
});
