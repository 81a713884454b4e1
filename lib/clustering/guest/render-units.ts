import type { ClusterMember, ClusterView } from '../types';
import { GUEST, GUEST_USERS, NETWORK_CARD, UNITS } from './paths';

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
 * Read by a shell as root before the services start: what the kernel must be told after every boot, and that the member stands for the VIP. The shell writes the values itself:
 * a process for each would cost a second in all under emulation.
 */
export const renderPrepare = (view: ClusterView): string => `[ -d /proc/sys/net/ipv4/vs ] || modprobe ip_vs
cd /proc/sys
${SYSCTLS.map(([key, value]) => `echo '${value}' > ${key}`).join('\n')}
[ -e ${GUEST.vrrpYield} ] || echo 0 > ${GUEST.vrrpYield}
busybox ip address replace ${view.vip}/32 dev lo
`;

/** systemd gives a unit up that fails five times in ten seconds; a member has to come back whenever it can. */
const RESTARTS_FOR_EVER = 'StartLimitIntervalSec=0\n';

/**
 * Who goes first when a guest's one processor is short: adverts, or others take over from a holder that is only busy;
 * then requests; the director's reloads can wait.
 */
const NICE = { vrrp: -10, proxy: -5, director: 5 } as const;

/** What an installation does as well, so that a VM that was started again is a member again. */
export const renderBoot = (view: ClusterView): string => `set -eu
. ${GUEST.prepare}
exec systemctl start --no-block ${[...(view.workload.volume === null ? [UNITS.workload] : []), UNITS.proxy, UNITS.director, UNITS.vrrp].join(' ')}
`;

/**
 * HAProxy without its master process, which would load everything twice (250 ms under emulation). A reload starts the
 * next one, which takes the listening sockets over by the admin socket; systemd follows the pid file.
 */
export const renderProxyUnit = (): string => `[Unit]
Description=Headroom proxy
After=network.target ${UNITS.workload}
${RESTARTS_FOR_EVER}
[Service]
Type=forking
PIDFile=${GUEST.proxyPid}
User=${GUEST_USERS.proxy.name}
RuntimeDirectory=headroom-proxy
ExecStart=/usr/sbin/haproxy -D -f ${GUEST.proxyConfig} -p ${GUEST.proxyPid}
ExecReload=/usr/sbin/haproxy -D -f ${GUEST.proxyConfig} -p ${GUEST.proxyPid} -x ${GUEST.proxySocket} -sf $MAINPID
# Ends what it has accepted, and what is idle at once; established streams were waited for by whoever drained.
KillSignal=SIGUSR1
KillMode=mixed
Nice=${NICE.proxy}
Restart=always
RestartSec=200ms
TimeoutStopSec=1s
LimitNOFILE=16384
NoNewPrivileges=yes
`;

/** keepalived for the VIP. It stops before the director and the proxy, so that others take over while they still serve. */
export const renderVrrpUnit = (): string =>
  keepalivedUnit(
    'Headroom VRRP',
    `${UNITS.proxy} ${UNITS.director}`,
    'headroom-vrrp',
    `Nice=${NICE.vrrp}\n`,
    `--vrrp --use-file ${GUEST.vrrpConfig} --pid ${GUEST.vrrpPid} --vrrp_pid ${GUEST.vrrpPid}.vrrp`,
  );

export const renderDirectorUnit = (): string =>
  keepalivedUnit(
    'Headroom IPVS director',
    UNITS.proxy,
    'headroom-director',
    `ExecStartPre=+/bin/sh ${GUEST.prepareDirector}\nNice=${NICE.director}\n`,
    `--check --use-file ${GUEST.directorConfig} --pid ${GUEST.directorPid} --checkers_pid ${GUEST.directorPid}.checkers`,
  );

const keepalivedUnit = (
  description: string,
  after: string,
  directory: string,
  own: string,
  options: string,
): string => `[Unit]
Description=${description}
After=network.target ${after}
${RESTARTS_FOR_EVER}
[Service]
Type=simple
User=${GUEST_USERS.vrrp.name}
AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW CAP_NET_BROADCAST CAP_SYS_NICE CAP_IPC_LOCK
CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW CAP_NET_BROADCAST CAP_SYS_NICE CAP_IPC_LOCK
RuntimeDirectory=${directory}
${own}ExecStart=/usr/sbin/keepalived --dont-fork --log-console --no-syslog ${options}
KillMode=mixed
Restart=always
RestartSec=500ms
TimeoutStopSec=10s
NoNewPrivileges=yes
`;

/** systemd would take a percent sign for one of its own specifiers. */
const literal = (command: string): string => command.replaceAll('%', '%%');

export const renderWorkloadUnit = (view: ClusterView): string => `[Unit]
Description=Headroom workload ${view.workload.name}
After=network.target
${RESTARTS_FOR_EVER}
[Service]
Type=simple
User=${GUEST_USERS.workload.name}
EnvironmentFile=${GUEST.workloadEnvironment}
RuntimeDirectory=headroom-workload
StateDirectory=headroom-workload
WorkingDirectory=/var/lib/headroom-workload
ExecStart=${literal(view.workload.startCommand)}
KillMode=mixed
Restart=always
RestartSec=200ms
TimeoutStopSec=30s
LimitNOFILE=16384
NoNewPrivileges=yes
PrivateTmp=yes
ProtectHome=yes
ProtectSystem=full
`;

/** What an application is told: its node, cluster, port and where its data are. */
export const renderWorkloadEnvironment = (view: ClusterView, self: ClusterMember): string =>
  [
    `HEADROOM_NODE=${self.name}`,
    `HEADROOM_CLUSTER=${view.clusterName}`,
    `HEADROOM_PORT=${view.workload.port}`,
    ...(view.workload.volume === null ? [] : [`HEADROOM_DATA=${view.workload.volume.mountPath}`]),
    '',
  ].join('\n');
