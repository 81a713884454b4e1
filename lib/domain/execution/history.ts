import type { LogEntry } from '../operation';
import type { Plan } from '../plan';

export type StepStanding = 'waiting' | 'started' | 'failed' | 'done' | 'undo-started' | 'undo-failed' | 'undone';

export interface StepHistory {
  readonly standing: StepStanding;
  /** Failures since the operation began or a person asked to try again; a crash of the orchestrator is none. */
  readonly failures: number;
  readonly retryable: boolean;
  readonly error: string;
}

/** An operation as its log tells it, in the form that decisions are made from. */
export interface OperationHistory {
  readonly phase: 'pending' | 'forward' | 'undoing' | 'ended';
  /** A step that moves traffic was started once: nothing is undone from then on. */
  readonly trafficMoved: boolean;
  readonly cancelledBy: string | null;
  readonly steps: ReadonlyMap<string, StepHistory>;
}

const FRESH: StepHistory = { standing: 'waiting', failures: 0, retryable: true, error: '' };

/** Reads a log from its beginning. Entries about steps that the plan does not have are a programming error and throw. */
export function readHistory(plan: Plan, log: readonly LogEntry[]): OperationHistory {
  const moving = new Set(plan.steps.filter((step) => step.movesTraffic).map((step) => step.id));
  const steps = new Map(plan.steps.map((step) => [step.id, FRESH]));
  let phase: OperationHistory['phase'] = 'pending';
  let phaseBeforeEnd: OperationHistory['phase'] = 'pending';
  let trafficMoved = false;
  let cancelledBy: string | null = null;
  const change = (stepId: string, to: Partial<StepHistory>): void => {
    const now = steps.get(stepId);
    if (now === undefined) throw new Error(`the log speaks of step ${stepId}, which the plan does not have`);
    steps.set(stepId, { ...now, ...to });
  };
  const fail = (stepId: string, standing: StepStanding, error: string, retryable: boolean): void =>
    change(stepId, { standing, error, retryable, failures: (steps.get(stepId)?.failures ?? 0) + 1 });

  for (const entry of log) {
    switch (entry.type) {
      case 'operation-started':
        phase = 'forward';
        break;
      case 'step-started':
        change(entry.stepId, { standing: 'started' });
        trafficMoved ||= moving.has(entry.stepId);
        break;
      case 'step-done':
        change(entry.stepId, { standing: 'done' });
        break;
      case 'step-failed':
        fail(entry.stepId, 'failed', entry.error, entry.retryable);
        break;
      case 'undo-started':
        phase = 'undoing';
        for (const [id, step] of steps) steps.set(id, { ...step, failures: 0 });
        break;
      case 'undo-step-started':
        change(entry.stepId, { standing: 'undo-started' });
        break;
      case 'undo-step-done':
        change(entry.stepId, { standing: 'undone' });
        break;
      case 'undo-step-failed':
        fail(entry.stepId, 'undo-failed', entry.error, true);
        break;
      case 'cancel-requested':
        cancelledBy = entry.by;
        break;
      case 'retry-requested':
        phase = phaseBeforeEnd;
        for (const [id, step] of steps) steps.set(id, { ...step, failures: 0, retryable: true });
        break;
      case 'operation-ended':
        phaseBeforeEnd = phase;
        phase = 'ended';
        break;
      case 'step-progress':
      case 'resumed':
        break;
      default: {
        const unknown: never = entry;
        throw new Error(`unknown log entry ${JSON.stringify(unknown)}`);
      }
    }
  }
  return { phase, trafficMoved, cancelledBy, steps };
}
