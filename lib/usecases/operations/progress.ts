import type { StepView } from '@/lib/domain/contract';
import type { LogEntry, OperationState } from '@/lib/domain/operation';
import type { PlanStep } from '@/lib/domain/plan';

/** An operation as its log tells it, in the form that is shown. */
export interface Progress {
  readonly state: OperationState;
  /** In the plan's order. */
  readonly steps: readonly StepView[];
}

export const beginProgress = (steps: readonly Pick<PlanStep, 'id' | 'kind' | 'title'>[]): Progress => ({
  state: 'pending',
  steps: steps.map(({ id, kind, title }) => ({
    id,
    kind,
    title,
    state: 'waiting',
    startedAt: null,
    endedAt: null,
    detail: null,
  })),
});

const changeStep = (progress: Progress, stepId: string, change: (step: StepView) => Partial<StepView>): Progress => ({
  ...progress,
  steps: progress.steps.map((step) => (step.id === stepId ? { ...step, ...change(step) } : step)),
});

/** Steps that an ended operation never came to are skipped. */
const endSteps = (steps: readonly StepView[]): readonly StepView[] =>
  steps.map((step) => (step.state === 'waiting' ? { ...step, state: 'skipped' } : step));

/** The progress after one more entry of the log. */
export const applyEntry = (progress: Progress, entry: LogEntry): Progress => {
  const at = entry.at.toISOString();
  switch (entry.type) {
    case 'operation-started':
      return { ...progress, state: 'running' };
    case 'step-started':
      return changeStep(progress, entry.stepId, (s) => ({
        state: 'running',
        startedAt: s.startedAt ?? at,
        endedAt: null,
      }));
    case 'step-progress':
      return changeStep(progress, entry.stepId, () => ({ detail: entry.message }));
    case 'step-done':
      return changeStep(progress, entry.stepId, () => ({ state: 'done', endedAt: at, detail: entry.detail }));
    case 'step-failed':
      return changeStep(progress, entry.stepId, () => ({ state: 'failed', endedAt: at, detail: entry.error }));
    case 'undo-started':
      return { ...progress, state: 'undoing' };
    case 'undo-step-started':
      return changeStep(progress, entry.stepId, () => ({ state: 'undoing', endedAt: null }));
    case 'undo-step-done':
      return changeStep(progress, entry.stepId, () => ({ state: 'undone', endedAt: at }));
    case 'undo-step-failed':
      return changeStep(progress, entry.stepId, () => ({ state: 'failed', endedAt: at, detail: entry.error }));
    case 'retry-requested':
      return {
        state: 'running',
        steps: progress.steps.map((s) => (s.state === 'skipped' ? { ...s, state: 'waiting' } : s)),
      };
    case 'cancel-requested':
    case 'resumed':
      return progress;
    case 'operation-ended':
      return { state: entry.state, steps: endSteps(progress.steps) };
    default: {
      const unknown: never = entry;
      throw new Error(`unknown log entry ${JSON.stringify(unknown)}`);
    }
  }
};

export const stepsDone = (progress: Progress): number => progress.steps.filter((s) => s.state === 'done').length;

/** What an entry says to a person; null when its step says it all. */
export const messageOf = (entry: LogEntry): string | null => {
  switch (entry.type) {
    case 'step-progress':
      return entry.message;
    case 'step-done':
      return entry.detail;
    case 'step-failed':
    case 'undo-step-failed':
      return entry.error;
    case 'undo-started':
      return entry.reason;
    case 'cancel-requested':
    case 'retry-requested':
    case 'resumed':
      return entry.by;
    case 'operation-ended':
      return entry.summary;
    case 'operation-started':
    case 'step-started':
    case 'undo-step-started':
    case 'undo-step-done':
      return null;
    default: {
      const unknown: never = entry;
      throw new Error(`unknown log entry ${JSON.stringify(unknown)}`);
    }
  }
};
