import { PROXY_PORTS, STATUS_PATH } from '../ports';
import type { ClusterMember, ClusterView } from '../types';
import { GUEST } from './paths';
import { HELD_SECONDS_MAX } from './proxy.lua';
import { peersOf } from './view';

export interface ProxyOptions {
  /** Address and UDP port that take the request lines; null sends none. */
  readonly collector: { readonly address: string; readonly port: number } | null;
}

/** Connections one proxy takes at most: with 16 KiB buffers about 64 MiB at worst. */
const CONNECTIONS_MAX = 2_000;

/**
 * How applications are checked. The only one of its cluster is given time: after a move everything that waited comes to it at
 * once (68 requests, seen on a slow machine), a check is answered behind them, and to take it for down refuses what nobody
 * else can answer. One that has crashed refuses connections, which is found as quickly as ever. All but one of a volume's
 * members are down by design, and whoever starts the application elsewhere tells everybody: they are asked less often.
 */
const CHECKS = {
  oneOfMany: { timeout: '2s', fall: 2, downInter: '300ms' },
  onlyOne: { timeout: '5s', fall: 3, downInter: '1s' },
} as const;

const checksOf = ({ workload }: ClusterView) => CHECKS[workload.volume === null ? 'oneOfMany' : 'onlyOne'];

/** Waiting requests that look whether they may go on, each some 30 times a second; the others queue behind them. */
const LOOKERS_MAX = 4;

/**
 * HAProxy's configuration of a member.
 *
 * `service` takes clients and chooses: the node's own application while it is up and below `maxConnections`, else the
 * least busy of all. `peers` takes what other members hand over and gives it to the own application only, so that a
 * request never travels further than one hop and this proxy sees everything its application does. What has to wait
 * goes by `gate` and `released`. `service` listens at no address of its own: see `renderFirewall`.
 */
export const renderHaproxy = (view: ClusterView, self: ClusterMember, options: ProxyOptions): string => {
  const { workload } = view;
  const log =
    options.collector === null
      ? ''
      : `  log ${options.collector.address}:${options.collector.port} len 256 format raw local0 info\n`;
  const stateMap = (key: string) => `str(${key}),map_str_int(${GUEST.proxyState},0)`;
  // Only what may be repeated without harm is sent again after it may have reached an application.
  const onItsWay = `  http-request disable-l7-retry unless METH_GET || { method HEAD OPTIONS PUT DELETE }
  http-request set-var(txn.handed) srv_conn(home/${self.name})
`;
  return `global
${log}  maxconn ${CONNECTIONS_MAX}
  stats socket ${GUEST.proxySocket} mode 600 level admin expose-fd listeners
  stats timeout 5s
  lua-load-per-thread ${GUEST.proxyLua}
  lua-load-per-thread ${GUEST.statusLua}
  lua-load-per-thread ${GUEST.controlLua}
  spread-checks 5

defaults
  mode http
  log global
  option dontlognull
  option redispatch 1
  option forwardfor if-none
  retries 3
  retry-on all-retryable-errors
  timeout connect 1s
  timeout check ${checksOf(view).timeout}
  timeout queue 15s
  timeout client 75s
  timeout server 75s
  timeout http-request 10s
  timeout http-keep-alive 60s

frontend service
  bind *:${workload.servicePort} backlog 4096
  log-format "H1 ${view.clusterId} %ST %Ta %Td %ts"
  http-request set-var(txn.now) date()
  http-request set-var(txn.waits) bool(true) if { ${stateMap('held')},sub(txn.now) gt 0 } || { nbsrv(app) lt 1 }
${onItsWay}  http-response set-header X-Served-By %s unless { var(txn.waits) -m bool }
  http-after-response set-header X-Headroom-Via ${self.name}
  # A draining node asks its clients to come again by another way.
  http-after-response set-header Connection close if { ${stateMap('draining')} gt 0 }
  use_backend gate if { var(txn.waits) -m bool }
  default_backend app

backend gate
  timeout queue ${HELD_SECONDS_MAX}s
  server gate unix@${GUEST.proxyGate} maxconn ${LOOKERS_MAX}

frontend released
  bind unix@${GUEST.proxyGate} mode 600
  no log
  http-request lua.wait
${onItsWay}  http-response set-header X-Served-By %s
  default_backend app

backend app
  balance leastconn
  option httpchk
  http-check send meth GET uri ${workload.healthPath} ver HTTP/1.1 hdr Host ${view.vip} hdr X-Headroom-Check 1
  http-check expect status 200
  use-server ${self.name} if { srv_is_up(app/${self.name}) } { srv_conn(app/${self.name}),add(txn.handed) lt ${workload.maxConnections} } { ${stateMap('draining')} eq 0 }
${serversOf(view, self)
  .map((server) => `  server ${server.name} ${server.address} ${server.attributes}${serverState(server)}\n`)
  .join('')}
frontend peers
  bind ${self.address}:${PROXY_PORTS.peer} backlog 4096
  no log
  http-request return status 503 if { nbsrv(home) lt 1 } { req.hdr(X-Headroom-Check) -m found }
  http-request return status 200 if { req.hdr(X-Headroom-Check) -m found }
  http-request lua.wait_home if { nbsrv(home) lt 1 }
  default_backend home

backend home
  retries 0
  server ${self.name} 127.0.0.1:${workload.port} maxconn ${workload.maxConnections} track app/${self.name}

frontend statistics
  bind ${self.address}:${PROXY_PORTS.statistics}
  no log
  http-request use-service lua.status if { path ${STATUS_PATH} }
  stats enable
  stats uri /stats
  http-request use-service prometheus-exporter if { path /metrics }

frontend control
  bind 127.0.0.1:${PROXY_PORTS.control}
  no log
  http-request use-service lua.control
`;
};

export interface ProxyServer {
  readonly name: string;
  readonly address: string;
  readonly attributes: string;
  /** Takes no new requests. */
  readonly draining: boolean;
}

/**
 * The servers of the backend `app`: the own application, then every peer. Where the application runs is found by the
 * checks, also while it moves: nobody has to be told when clients wait.
 */
export const serversOf = (view: ClusterView, self: ClusterMember): readonly ProxyServer[] => {
  const { fall, downInter } = checksOf(view);
  const attributes = `maxconn ${view.workload.maxConnections} check inter 1s fastinter 100ms downinter ${downInter} rise 1 fall ${fall}`;
  return [self, ...peersOf(view, self)].map((member) => ({
    name: member.name,
    address: member.vmId === self.vmId ? `127.0.0.1:${view.workload.port}` : `${member.address}:${PROXY_PORTS.peer}`,
    attributes,
    draining: member.draining,
  }));
};

const serverState = (server: ProxyServer): string => (server.draining ? ' weight 0' : '');

/** What the proxy's state map holds at start; `held` as well, until it lapses. */
export const renderProxyState = (self: ClusterMember): string => `held 0\ndraining ${self.draining ? 1 : 0}\n`;
