import type { Shape } from './shape';

export const HOST_STATES = ['up', 'maintenance', 'down', 'fenced'] as const;
export type HostState = (typeof HOST_STATES)[number];

export const CLUSTER_STATES = ['creating', 'running', 'degraded', 'deleting', 'deleted'] as const;

/** `spare`: kept ready outside the active set. */
export const VM_ROLES = ['node', 'spare'] as const;
export type VmRole = (typeof VM_ROLES)[number];

/**
 * `reserved` holds capacity before the VM exists; `released` is the only state that holds none.
 * Caps count every VM in every state but `released`.
 */
export const VM_STATES = ['reserved', 'creating', 'running', 'stopped', 'failed', 'destroying', 'released'] as const;
export type VmState = (typeof VM_STATES)[number];

export const NODE_STATES = ['joining', 'active', 'draining', 'left', 'failed'] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** What may be done to a node in a state. Shared by the UI (enabled buttons), the use cases and the planner. */
export const nodeCan = {
  takeTraffic: (s: NodeState): boolean => s === 'joining' || s === 'draining',
  drain: (s: NodeState): boolean => s === 'active',
  failOver: (s: NodeState): boolean => s === 'active' || s === 'failed',
  replace: (s: NodeState): boolean => s === 'active' || s === 'failed' || s === 'draining',
  holdVip: (s: NodeState): boolean => s === 'active' || s === 'joining',
} as const;

export const holdsCapacity = (s: VmState): boolean => s !== 'released';

export interface HostSnapshot {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly state: HostState;
  readonly capacity: Shape;
  /** Its guests' processors are emulated: to build one costs as much of the machine as several that serve. */
  readonly emulated: boolean;
}

export interface VmSnapshot {
  readonly id: string;
  readonly name: string;
  readonly clusterId: string | null;
  readonly hostId: string;
  readonly role: VmRole;
  readonly state: VmState;
  readonly shape: Shape;
  readonly imageKey: string;
}

export interface NodeSnapshot {
  readonly vmId: string;
  readonly state: NodeState;
  readonly healthy: boolean;
  /** Whether the application runs here: every node of a stateless workload, one of a stateful. */
  readonly runsApplication: boolean;
  /** As read from the nodes at the time of the snapshot. */
  readonly holdsVip: boolean;
}

/** All VMs of all clusters: placement needs them to know what is free. */
export interface Inventory {
  readonly hosts: readonly HostSnapshot[];
  readonly vms: readonly VmSnapshot[];
}
