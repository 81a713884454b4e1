/** Where things are inside a guest. */
export const GUEST = {
  directory: '/etc/headroom',
  view: '/etc/headroom/view.json',
  /** Hash of the view in force; empty from the beginning of a change to its end. */
  viewHash: '/etc/headroom/view.hash',
  node: '/etc/headroom/node.env',
  proxyConfig: '/etc/headroom/haproxy.cfg',
  proxyLua: '/etc/headroom/proxy.lua',
  statusLua: '/etc/headroom/status.lua',
  controlLua: '/etc/headroom/control.lua',
  /** Map that the proxy reads at start and that the runtime API changes: `held`, `draining`. */
  proxyState: '/etc/headroom/state.map',
  vrrpConfig: '/etc/headroom/vrrp.conf',
  /** keepalived watches it. */
  vrrpPriority: '/etc/headroom/vrrp-priority',
  directorConfig: '/etc/headroom/director.conf',
  /** What each of the image's services becomes when its gate is open. */
  run: '/etc/headroom/run',
  /** Run at boots, by the image's `headroom-boot` service. */
  boot: '/etc/headroom/boot',
  prepare: '/etc/headroom/prepare',
  prepareDirector: '/etc/headroom/prepare-director',
  proxySocket: '/run/headroom-proxy/admin.sock',
  /** Waiting requests come back to the proxy here. */
  proxyGate: '/run/headroom-proxy/gate.sock',
  proxyPid: '/run/headroom-proxy/pid',
  vrrpPid: '/run/headroom-vrrp/pid',
  directorPid: '/run/headroom-director/pid',
  /** Watched by keepalived: 1 while the member does not stand for the VIP. Gone at a boot, so that everyone stands then. */
  vrrpYield: '/run/headroom-yield',
  /** Watched by keepalived: 1 while the member does not direct, or hears nobody; see `renderHear`. */
  vrrpDeaf: '/run/headroom-vrrp/deaf',
  /** The gates of the image's services; see its `await`. */
  gates: '/run/headroom/gates',
  open: '/run/headroom/open',
} as const;

/** Services of the image. */
export const SERVICES = ['vrrp', 'director', 'proxy', 'workload'] as const;

/** First word of the command line of a service that waits at its gate. */
export const WAITS = 'headroom-waits';

/** Whose first line is the service's main process. */
export const processesPath = (service: string): string =>
  `/sys/fs/cgroup/system.slice/headroom-${service}.service/cgroup.procs`;

/** The guest's network card. */
export const NETWORK_CARD = 'eth0';

/** Unprivileged users inside the guest; fixed numbers, so that a volume's files belong to the same one on every node. */
export const GUEST_USERS = {
  workload: { name: 'headroom-app', id: 6001 },
  proxy: { name: 'headroom-proxy', id: 6002 },
  vrrp: { name: 'headroom-vrrp', id: 6003 },
} as const;
