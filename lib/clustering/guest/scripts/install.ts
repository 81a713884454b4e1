import type { ClusterMember, ClusterView } from '../../types';
import { GUEST } from '../paths';
import { renderWriteFiles } from '../put';
import { renderAllFiles } from '../render-files';
import { type ProxyOptions, renderProxyState } from '../render-haproxy';
import { renderPriority, renderVrrp } from '../render-keepalived';
import type { GuestScript } from '../shell';
import { hashView, runsEverywhere, standsForVip } from '../view';
import { SHUT_ALL } from './leave';

/**
 * Puts everything in place and opens the gates of the image's services; prints `installed`, or `present` when a
 * clustering process runs already and nothing was done. What an earlier attempt left running is ended first: it runs by
 * other files.
 *
 * It ends when the node can serve: the proxy listens and the application, where it runs, is healthy. The director and
 * VRRP come up behind it, because only those that stand for the VIP need them.
 */
const BODY = `
if [ -s ${GUEST.viewHash} ] && runs proxy && runs director && runs vrrp; then echo present; exit; fi
hash=$1 application=$2
if runs vrrp || runs director || runs proxy || runs workload; then
${SHUT_ALL}fi
[ ! -e ${GUEST.viewHash} ] || : > ${GUEST.viewHash}
write_files
. ${GUEST.node}
echo $3 > ${GUEST.vrrpYield}
. ${GUEST.prepare}
[ $application != yes ] || open workload
open proxy
tries=0
until [ -S ${GUEST.proxySocket} ] && { [ $application != yes ] || healthy; }; do
  tries=$((tries + 1))
  [ $tries -lt 1000 ] || { systemctl status --no-pager --lines=5 headroom-workload headroom-proxy >&2 || true; exit 1; }
  pause 0.03
done
open director vrrp
[ $application != stands-by ] || open workload
printf %s "$hash" > ${GUEST.viewHash}
echo installed
`;

const howItRuns = ({ workload }: ClusterView, self: ClusterMember): 'yes' | 'stands-by' | 'no' => {
  if (workload.volume === null) return self.runsApplication ? 'yes' : 'no';
  return runsEverywhere(workload) ? 'stands-by' : 'no';
};

export const installScript = (view: ClusterView, self: ClusterMember, options: ProxyOptions): GuestScript => ({
  what: 'Installing the clustering process',
  body: `${renderWriteFiles([
    ...renderAllFiles(view, self, options),
    { path: GUEST.vrrpConfig, content: renderVrrp(view, self), mode: '0644' },
    { path: GUEST.vrrpPriority, content: renderPriority(self), mode: '0644' },
    { path: GUEST.proxyState, content: renderProxyState(self), mode: '0644' },
  ])}${BODY}`,
  args: [hashView(view), howItRuns(view, self), standsForVip(self) ? '0' : '1'],
});
