import type { Shape } from './shape';

/** `host`: no two nodes on one host; `site`: nodes over as many sites as there are; `none`: wherever it fits best. */
export const SPREADS = ['host', 'site', 'none'] as const;
export type Spread = (typeof SPREADS)[number];

/**
 * How the work is moved from an old node to a new one.
 * `cluster`: drain and VRRP hand-over. `shutdown`: power the old VM down and let health checks and VRRP do the rest.
 * `move`: stop the application, hand its data volume over, start it on the new VM, while new requests wait.
 */
export const FAILOVER_MODES = ['cluster', 'shutdown', 'move'] as const;
export type FailoverMode = (typeof FAILOVER_MODES)[number];

export interface Requirements {
  readonly nodes: number;
  readonly shape: Shape;
  readonly spread: Spread;
  /** VMs kept ready outside the active set. */
  readonly spares: number;
}

/** `from` is a node's name; `to` is the position `new-1` … `new-n` or a spare's name. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

export interface PlacementPreferences {
  /** Host or site names; when given, new VMs go only there. */
  readonly hosts?: readonly string[];
  readonly sites?: readonly string[];
}

export interface ChangePreferences extends PlacementPreferences {
  readonly mode: FailoverMode;
  readonly pairing?: readonly Pair[];
}

export const NODES_MAX = 16;
export const SPARES_MAX = 8;
