import type { ClusterMember, ClusterView } from '../types';
import { GUEST, NETWORK_CARD } from './paths';
import type { GuestFile } from './put';
import { renderFirewall } from './render-firewall';
import type { ProxyOptions } from './render-haproxy';
import { renderHear } from './render-hear';
import { quote } from './shell';
import { runsEverywhere } from './view';

/** Sysctls of a member, each needed for direct routing or for the hand-over. */
const SYSCTLS: readonly (readonly [key: string, value: string])[] = [
  // The VIP is on every member's loopback: only its holder may answer for it on the wire.
  ['net/ipv4/conf/all/arp_ignore', '1'],
  ['net/ipv4/conf/all/arp_announce', '2'],
  ['net/ipv4/conf/all/rp_filter', '0'],
  [`net/ipv4/conf/${NETWORK_CARD}/rp_filter`, '0'],
  [`net/ipv4/conf/${NETWORK_CARD}/send_redirects`, '0'],
  ['net/ipv4/conf/all/send_redirects', '0'],
  ['net/ipv4/vs/sync_threshold', '0 0'],
  ['net/ipv4/vs/sync_refresh_period', '1'],
  // Connections of a member that is gone are forgotten, so that the client's next try goes elsewhere.
  ['net/ipv4/vs/expire_nodest_conn', '1'],
  // A client that comes again from a port it used before is a new one, whatever is remembered of the old connection:
  // 1 for those that have ended, 2 for those whose end was seen from one side only, as in direct routing.
  ['net/ipv4/vs/conn_reuse_mode', '3'],
  // A connection that another director opened is taken up in its middle.
  ['net/ipv4/vs/sloppy_tcp', '1'],
  ['net/core/somaxconn', '4096'],
  ['net/ipv4/tcp_max_syn_backlog', '4096'],
  ['net/ipv4/ip_unprivileged_port_start', '1'],
];

/**
 * Read by a shell as root before the services run: what the kernel must be told after every boot, and that the member
 * stands for the VIP. The shell writes the values itself: a process for each would cost a second in all under emulation.
 */
export const renderPrepare = (view: ClusterView): string => `[ -d /proc/sys/net/ipv4/vs ] || modprobe ip_vs
cd /proc/sys
${SYSCTLS.map(([key, value]) => `echo '${value}' > ${key}`).join('\n')}
[ -e ${GUEST.vrrpYield} ] || echo 0 > ${GUEST.vrrpYield}
busybox ip address replace ${view.vip}/32 dev lo
${renderFirewall(view)}`;

/** What an installation does as well, so that a VM that was started again is a member again. */
export const renderBoot = (view: ClusterView): string => `set -eu
. ${GUEST.prepare}
for service in ${[...(runsEverywhere(view.workload) ? ['workload'] : []), 'proxy', 'director', 'vrrp'].join(' ')}; do
  : > "${GUEST.open}/$service"
  echo 1<> "${GUEST.gates}/$service"
done
`;

/** What an application is told: its node, cluster, port and where its data are. */
const environmentOf = (view: ClusterView, self: ClusterMember): readonly (readonly [name: string, value: string])[] => [
  ['HEADROOM_NODE', self.name],
  ['HEADROOM_CLUSTER', view.clusterName],
  ['HEADROOM_PORT', String(view.workload.port)],
  ...(view.workload.volume === null ? [] : [['HEADROOM_DATA', view.workload.volume.mountPath] as const]),
];

/** Its command is one line of a shell. */
export const renderWorkload = (view: ClusterView, self: ClusterMember): string =>
  `${environmentOf(view, self)
    .map(([name, value]) => `export ${name}=${quote(value)}\n`)
    .join('')}exec ${view.workload.startCommand}\n`;

/** In the foreground, where HAProxy does not write its process down; a reload writes the next one's. */
const PROXY = `echo $$ > ${GUEST.proxyPid}
exec /usr/sbin/haproxy -db -f ${GUEST.proxyConfig}
`;

const keepalived = (options: string): string =>
  `exec /usr/sbin/keepalived --dont-fork --log-console --no-syslog ${options}\n`;

const DIRECTOR = `. ${GUEST.prepareDirector}
${keepalived(`--check --use-file ${GUEST.directorConfig} --pid ${GUEST.directorPid} --checkers_pid ${GUEST.directorPid}.checkers`)}`;

const renderVrrpRun = (self: ClusterMember, { collector }: ProxyOptions): string =>
  `${renderHear(self, collector?.address ?? null)}${keepalived(`--vrrp --use-file ${GUEST.vrrpConfig} --pid ${GUEST.vrrpPid} --vrrp_pid ${GUEST.vrrpPid}.vrrp`)}`;

/** What each of the image's services becomes when its gate is open; read by a shell that is that service already. */
export const renderRunFiles = (view: ClusterView, self: ClusterMember, options: ProxyOptions): readonly GuestFile[] =>
  Object.entries({
    workload: renderWorkload(view, self),
    proxy: PROXY,
    director: DIRECTOR,
    vrrp: renderVrrpRun(self, options),
  }).map(([service, content]) => ({ path: `${GUEST.run}/${service}`, content, mode: '0644' }));
