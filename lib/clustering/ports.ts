/** TCP ports that the proxy takes in every guest, besides the workload's service port. */
export const PROXY_PORTS = {
  /** Peers hand requests over here; only the node's own application answers behind it. */
  peer: 8479,
  /** Read-only: the node's status at `STATUS_PATH`, statistics as CSV at `/stats;csv`, for Prometheus at `/metrics`. */
  statistics: 8404,
  /** On the loopback, for root alone: what scripts ask of the proxy while clients wait. See `renderControlLua`. */
  control: 8405,
} as const;

/** What a member says of itself, as `name=value` lines: see `parseStatus`. */
export const STATUS_PATH = '/status';

/** UDP port where the lab's collector takes the proxies' request lines. */
export const COLLECTOR_PORT = 5514;

/** Where the clients stand in the embedded lab; the proxies send their request lines there. */
export const COLLECTOR_ADDRESS = '10.77.254.1';

export const reservedPorts: readonly number[] = Object.values(PROXY_PORTS);
