import type { OperationEventView, OperationView, StepView } from '@/lib/domain/contract';

/** What an operation's own stream has told so far. */
export interface StreamState {
  readonly log: readonly OperationEventView[];
  readonly steps: ReadonlyMap<string, StepView>;
}

export const NOTHING_TOLD: StreamState = { log: [], steps: new Map() };

/** Entries come in sequence, once; one that came before is dropped. */
export const told = (state: StreamState, event: OperationEventView): StreamState => {
  const last = state.log.at(-1)?.seq ?? 0;
  if (event.seq <= last) return state;
  const steps = event.step === null ? state.steps : new Map(state.steps).set(event.step.id, event.step);
  return { log: [...state.log, event], steps };
};

/** The operation as it was read, with what its stream has told since. Whichever knows of more steps done is newer. */
export const merge = (read: OperationView, { log, steps }: StreamState): OperationView => {
  const last = log.at(-1)?.operation;
  if (last === undefined || read.endedAt !== null) return read;
  return {
    ...read,
    state: last.state,
    stepsDone: last.stepsDone,
    steps: read.steps.map((step) => steps.get(step.id) ?? step),
  };
};

/** Milliseconds that a step has taken, until now while it runs; null before it began. */
export const tookMs = (step: StepView, nowMs: number): number | null => {
  if (step.startedAt === null) return null;
  const end = step.endedAt === null ? nowMs : Date.parse(step.endedAt);
  return Math.max(0, end - Date.parse(step.startedAt));
};

const count = new Intl.NumberFormat('en');

/** One line of the log for people. */
export const logText = ({ type, step, message }: OperationEventView): string => {
  const what = type.replaceAll('-', ' ');
  const about = step === null ? what : `${step.title}: ${what.replace(/^(undo )?step /, '$1')}`;
  return message === null || message === '' ? about : `${about}. ${message}`;
};

export const formatCount = (n: number): string => count.format(n);
