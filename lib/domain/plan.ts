import type { VmRole } from './inventory';
import type { FailoverMode, Requirements } from './requirements';
import type { Shape } from './shape';

/** What each kind of step needs to know. All ids are made when the plan is, so a repeated step finds its own work. */
export interface StepArguments {
  /** Holds capacity, name, addresses and MAC for a VM that does not exist yet. */
  readonly reserve: { vmId: string; name: string; hostId: string; shape: Shape; role: VmRole; imageKey: string };
  readonly createVolume: { volumeId: string; hostId: string; sizeGiB: number };
  readonly create: { vmId: string };
  readonly boot: { vmId: string };
  /** Installs the clustering process and the workload; starts no traffic. */
  readonly install: { vmId: string };
  /** Makes the VM a member with weight 0; old and new nodes are told of each other. */
  readonly join: { vmId: string };
  readonly healthy: { vmId: string };
  /** Gives the VIP its address outside: gateway port and prober. */
  readonly publish: { clusterId: string };
  readonly activate: { vmId: string };
  readonly drain: { vmId: string; timeoutMs: number };
  readonly moveVip: { fromVmId: string; toVmId: string };
  /** Asks through the VIP until this VM has answered. */
  readonly verify: { vmId: string };
  readonly holdRequests: { clusterId: string };
  readonly stopApplication: { vmId: string };
  readonly detachVolume: { vmId: string; volumeId: string };
  readonly attachVolume: { vmId: string; volumeId: string };
  readonly startApplication: { vmId: string };
  /** Finishes accepted requests, stops the application and starts it again. */
  readonly restartApplication: { vmId: string };
  readonly releaseRequests: { clusterId: string };
  readonly powerOff: { vmId: string };
  readonly leave: { vmId: string };
  readonly destroy: { vmId: string };
  /** Gives capacity, name and addresses back. */
  readonly release: { vmId: string };
  readonly makeSpare: { vmId: string };
  readonly takeSpare: { vmId: string };
  readonly unpublish: { clusterId: string };
  readonly destroyVolume: { volumeId: string };
  readonly deleteCluster: { clusterId: string };
}

export type StepKind = keyof StepArguments;

interface StepOf<K extends StepKind> {
  /** Unique in the plan: `create:shop-3`. */
  readonly id: string;
  readonly kind: K;
  /** What a person reads: "Create shop-3 on paris-1". */
  readonly title: string;
  readonly args: StepArguments[K];
  /** Ids of the steps that must have ended before this one starts. */
  readonly after: readonly string[];
  /** A step that runs longer is a failed step. */
  readonly deadlineMs: number;
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /**
   * From the first step of this kind on, traffic has moved: an operation past it goes forward, or ends stuck;
   * before it, a failure undoes everything.
   */
  readonly movesTraffic: boolean;
}

export type PlanStep = { [K in StepKind]: StepOf<K> }[StepKind];

export interface PlannedVm {
  readonly vmId: string;
  readonly name: string;
  readonly hostId: string;
  readonly hostName: string;
  readonly siteName: string;
  readonly shape: Shape;
  readonly role: VmRole;
}

export interface PlanPair {
  /** Node that goes; null when the cluster grows. */
  readonly from: string | null;
  /** VM that comes; null when the cluster shrinks. */
  readonly to: string | null;
}

export const OPERATION_KINDS = [
  'create',
  'change',
  'failover',
  'migrate',
  'evacuate',
  'delete',
  'replace',
  'restart',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** Before it is made, and while it is deleted, a cluster serves nobody: what a prober then misses is no failure. */
export const servesClients = (kind: OperationKind): boolean => kind !== 'create' && kind !== 'delete';

/** A value: shown, priced, approved, hashed, and executed as it stands. */
export interface Plan {
  readonly kind: OperationKind;
  readonly clusterId: string;
  readonly clusterName: string;
  /** Generation of the cluster that the plan was made against; a plan for an older one is refused. */
  readonly generation: number;
  readonly mode: FailoverMode;
  readonly before: Requirements | null;
  readonly after: Requirements | null;
  readonly creates: readonly PlannedVm[];
  readonly keeps: readonly PlannedVm[];
  readonly removes: readonly PlannedVm[];
  readonly pairing: readonly PlanPair[];
  readonly steps: readonly PlanStep[];
  /** Capacity held while old and new run together, beyond what is held before. */
  readonly extraWhileRunning: Shape;
  /** What clients are expected to see; from the failover mode, refined by past receipts where there are any. */
  readonly expectedOutageMs: number;
}
