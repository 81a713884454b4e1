import { describe, expect, it } from 'vitest';
import type { LogEntry, LogFact } from '@/lib/domain/operation';
import { applyEntry, beginProgress, type Progress, stepsDone } from './progress';

const STEPS = [
  { id: 'create:shop-3', kind: 'create', title: 'Create shop-3' },
  { id: 'boot:shop-3', kind: 'boot', title: 'Boot shop-3' },
  { id: 'join:shop-3', kind: 'join', title: 'Join shop-3' },
] as const;

const replay = (facts: readonly LogFact[]): Progress =>
  facts
    .map((fact, i): LogEntry => ({ seq: i + 1, at: new Date(1_000 * (i + 1)), ...fact }))
    .reduce(applyEntry, beginProgress(STEPS));

const states = (progress: Progress) => progress.steps.map((step) => step.state);

describe('the progress of an operation', () => {
  it('waits until it starts', () => {
    expect(replay([]).state).toBe('pending');
    expect(states(replay([]))).toEqual(['waiting', 'waiting', 'waiting']);
  });

  it('keeps the first start of a step that is tried again', () => {
    const progress = replay([
      { type: 'operation-started' },
      { type: 'step-started', stepId: 'create:shop-3', attempt: 1 },
      { type: 'step-failed', stepId: 'create:shop-3', attempt: 1, error: 'no answer', retryable: true },
      { type: 'step-started', stepId: 'create:shop-3', attempt: 2 },
      { type: 'step-done', stepId: 'create:shop-3', detail: 'created' },
    ]);
    expect(progress.steps[0]).toMatchObject({
      state: 'done',
      startedAt: new Date(2_000).toISOString(),
      endedAt: new Date(5_000).toISOString(),
      detail: 'created',
    });
    expect(stepsDone(progress)).toBe(1);
  });

  it('that was undone counts no step as done and skips those it never came to', () => {
    const progress = replay([
      { type: 'operation-started' },
      { type: 'step-started', stepId: 'create:shop-3', attempt: 1 },
      { type: 'step-done', stepId: 'create:shop-3', detail: '' },
      { type: 'step-started', stepId: 'boot:shop-3', attempt: 1 },
      { type: 'step-failed', stepId: 'boot:shop-3', attempt: 1, error: 'deadline', retryable: false },
      { type: 'undo-started', reason: 'deadline' },
      { type: 'undo-step-started', stepId: 'create:shop-3', attempt: 1 },
      { type: 'undo-step-done', stepId: 'create:shop-3' },
      { type: 'operation-ended', state: 'undone', summary: 'undone' },
    ]);
    expect(progress.state).toBe('undone');
    expect(states(progress)).toEqual(['undone', 'failed', 'skipped']);
    expect(stepsDone(progress)).toBe(0);
  });

  it('that was stuck waits for its skipped steps again once it is retried', () => {
    const progress = replay([
      { type: 'operation-started' },
      { type: 'operation-ended', state: 'stuck', summary: 'stuck' },
      { type: 'retry-requested', by: 'ada@example.org' },
    ]);
    expect(progress.state).toBe('running');
    expect(states(progress)).toEqual(['waiting', 'waiting', 'waiting']);
  });
});
