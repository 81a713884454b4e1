import type { ErrorCode, ErrorDetails } from '../errors';
import type { Inventory, NodeSnapshot } from '../inventory';
import type { Plan } from '../plan';
import type { Requirements } from '../requirements';
import type { WorkloadSpec } from '../workload';

/** What a plan is computed from: the cluster as it is, and all hosts and VMs, read at one moment. */
export interface ObservedCluster {
  readonly id: string;
  readonly name: string;
  readonly generation: number;
  readonly requirements: Requirements;
  /** Nodes that have not left. */
  readonly nodes: readonly NodeSnapshot[];
  readonly workload: WorkloadSpec;
  readonly imageKey: string;
  readonly volumeId: string | null;
  /** Number of the next node's name; `shop-7` has 7. */
  readonly nextOrdinal: number;
  readonly inventory: Inventory;
  /** Longest gaps, in ms, of past receipts of this cluster in the mode of the plan; may be empty. */
  readonly pastGapsMs?: readonly number[];
  /** Id for the new VM with this ordinal. Same input, same id: a preview and its execution are one plan. */
  readonly vmIdFor: (ordinal: number) => string;
}

export type PlanResult =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string; readonly details?: ErrorDetails };

export type Refusal = Extract<PlanResult, { ok: false }>;

export const refuse = (code: ErrorCode, message: string, details?: ErrorDetails): Refusal => ({
  ok: false,
  code,
  message,
  ...(details === undefined ? {} : { details }),
});
