export const OPERATION_STATES = ['pending', 'running', 'undoing', 'done', 'undone', 'cancelled', 'stuck'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/** At most one operation of a cluster is in one of these. */
export const ACTIVE_OPERATION_STATES = ['pending', 'running', 'undoing'] as const satisfies readonly OperationState[];

export const STEP_STATES = ['waiting', 'running', 'done', 'failed', 'undoing', 'undone', 'skipped'] as const;
export type StepState = (typeof STEP_STATES)[number];

export const operationIs = {
  active: (s: OperationState): boolean => ACTIVE_OPERATION_STATES.some((active) => active === s),
  ended: (s: OperationState): boolean => !operationIs.active(s),
} as const;

export const operationCan = {
  cancel: (s: OperationState): boolean => s === 'pending' || s === 'running',
  /** A stuck operation is driven forward again from where it stopped. */
  retry: (s: OperationState): boolean => s === 'stuck',
} as const;

/** One entry of the append-only log of an operation. `seq` counts from 1 without a gap. */
export type LogEntry = { readonly seq: number; readonly at: Date } & LogFact;

export type LogFact =
  | { readonly type: 'operation-started' }
  | { readonly type: 'step-started'; readonly stepId: string; readonly attempt: number }
  | { readonly type: 'step-progress'; readonly stepId: string; readonly message: string }
  | { readonly type: 'step-done'; readonly stepId: string; readonly detail: string }
  | {
      readonly type: 'step-failed';
      readonly stepId: string;
      readonly attempt: number;
      readonly error: string;
      readonly retryable: boolean;
    }
  | { readonly type: 'cancel-requested'; readonly by: string }
  | { readonly type: 'retry-requested'; readonly by: string }
  | { readonly type: 'undo-started'; readonly reason: string }
  | { readonly type: 'undo-step-started'; readonly stepId: string; readonly attempt: number }
  | { readonly type: 'undo-step-done'; readonly stepId: string }
  | { readonly type: 'undo-step-failed'; readonly stepId: string; readonly attempt: number; readonly error: string }
  | { readonly type: 'resumed'; readonly by: string }
  | {
      readonly type: 'operation-ended';
      readonly state: 'done' | 'undone' | 'cancelled' | 'stuck';
      readonly summary: string;
    };

/** A request to the VIP that failed, as its client met it. */
export interface FailedRequest {
  /** When it was sent. */
  readonly at: Date;
  /** From sending to the failure. */
  readonly afterMs: number;
  /** HTTP status; null where no answer began. */
  readonly status: number | null;
  /** What happened: "HTTP 503", "ECONNRESET", "no answer in time". */
  readonly error: string;
  /** Name of the node that said so; null where none gave its name. */
  readonly node: string | null;
}

/** "HTTP 503", "the answer was cut off (HTTP 200)" */
export const failureText = ({ status, error }: Pick<FailedRequest, 'status' | 'error'>): string =>
  status === null || error === `HTTP ${status}` ? error : `${error} (HTTP ${status})`;

/** Failed requests that a receipt tells of. */
export const FAILURES_TOLD_MAX = 20;

/** What clients saw at the VIP while an operation ran. */
export interface OutageReceipt {
  readonly requests: number;
  readonly failed: number;
  /** Longest time between two answered requests. */
  readonly longestGapMs: number;
  /** The first that failed, at most `FAILURES_TOLD_MAX`, in the order in which they were sent. */
  readonly failures: readonly FailedRequest[];
  readonly startedAt: Date;
  readonly endedAt: Date;
}
