import type { LogEntry, LogFact } from '../operation';
import type { Plan, PlanStep } from '../plan';
import { type OperationHistory, readHistory, type StepHistory } from './history';

/**
 * Attempts that undoing a step has in all: with their pauses some 40 s, in which a host that was lost meanwhile is proven to
 * be off.
 */
export const UNDO_ATTEMPTS = 12;

export type Decision =
  /** Start these now; each is written to the log before it is begun. Never empty. */
  | { readonly kind: 'run'; readonly steps: readonly PlanStep[] }
  | { readonly kind: 'undo'; readonly steps: readonly PlanStep[] }
  /** Write this, then decide again. */
  | { readonly kind: 'append'; readonly fact: LogFact }
  /** What is under way has to end first. `abort` says that its result is not wanted any more. */
  | { readonly kind: 'wait'; readonly abort: boolean }
  | { readonly kind: 'ended' };

/**
 * What an operation does next. A pure function of plan, log, and the steps that this process has under way: the same
 * log gives the same decision, in the process that wrote it and in the one that resumes it after a crash. A step that
 * was started and never ended is simply started again, since every step is idempotent.
 *
 * Until a step that moves traffic was started, a failure or a cancellation undoes everything, last first. From then on
 * it goes forward, and ends stuck when a step's attempts ran out.
 */
export function decide(plan: Plan, log: readonly LogEntry[], underWay: ReadonlySet<string>): Decision {
  const history = readHistory(plan, log);
  switch (history.phase) {
    case 'ended':
      return { kind: 'ended' };
    case 'pending':
      return history.cancelledBy === null
        ? { kind: 'append', fact: { type: 'operation-started' } }
        : end('cancelled', `Cancelled by ${history.cancelledBy} before it began.`);
    case 'forward':
      return decideForward(plan, history, underWay);
    case 'undoing':
      return decideUndo(plan, history, underWay);
    default:
      return history.phase satisfies never;
  }
}

const end = (state: 'done' | 'undone' | 'cancelled' | 'stuck', summary: string): Decision => ({
  kind: 'append',
  fact: { type: 'operation-ended', state, summary },
});

const of = (history: OperationHistory, id: string): StepHistory => {
  const step = history.steps.get(id);
  if (step === undefined) throw new Error(`step ${id} is not in the plan`);
  return step;
};

const exhausted = (step: PlanStep, h: StepHistory): boolean =>
  h.standing === 'failed' && (!h.retryable || h.failures >= step.attempts);

function decideForward(plan: Plan, history: OperationHistory, underWay: ReadonlySet<string>): Decision {
  const failed = plan.steps.find((step) => exhausted(step, of(history, step.id)));
  const cancelled = history.cancelledBy !== null && !history.trafficMoved;
  if (failed !== undefined || cancelled) {
    if (underWay.size > 0) return { kind: 'wait', abort: !history.trafficMoved };
    const reason =
      failed === undefined
        ? `Cancelled by ${history.cancelledBy}.`
        : `${failed.title}: ${of(history, failed.id).error}`;
    return history.trafficMoved ? end('stuck', reason) : { kind: 'append', fact: { type: 'undo-started', reason } };
  }
  const ready = plan.steps.filter(
    (step) =>
      !underWay.has(step.id) &&
      of(history, step.id).standing !== 'done' &&
      step.after.every((id) => of(history, id).standing === 'done'),
  );
  if (ready.length > 0) return { kind: 'run', steps: ready };
  if (underWay.size > 0) return { kind: 'wait', abort: false };
  return end('done', `All ${plan.steps.length} steps done.`);
}

/** A step is undone once every step that built on it is: nothing is taken away from under something. */
function decideUndo(plan: Plan, history: OperationHistory, underWay: ReadonlySet<string>): Decision {
  const clean = (id: string): boolean => ['waiting', 'undone'].includes(of(history, id).standing);
  const given = plan.steps.find((step) => {
    const h = of(history, step.id);
    return h.standing === 'undo-failed' && h.failures >= UNDO_ATTEMPTS;
  });
  if (given !== undefined) {
    if (underWay.size > 0) return { kind: 'wait', abort: false };
    return end('stuck', `Undoing "${given.title}" failed: ${of(history, given.id).error}`);
  }
  const ready = plan.steps.filter(
    (step) =>
      !underWay.has(step.id) &&
      !clean(step.id) &&
      plan.steps.every((other) => !other.after.includes(step.id) || clean(other.id)),
  );
  if (ready.length > 0) return { kind: 'undo', steps: ready };
  if (underWay.size > 0) return { kind: 'wait', abort: false };
  return history.cancelledBy === null
    ? end('undone', 'Everything was undone; the service was not touched.')
    : end('cancelled', `Cancelled by ${history.cancelledBy}; everything was undone.`);
}
