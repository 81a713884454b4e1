import { expect, it } from 'vitest';
import type { OperationEventView, OperationView, StepView } from '@/lib/domain/contract';
import { logText, merge, NOTHING_TOLD, told, tookMs } from './stream-state';

const step = (change: Partial<StepView> = {}): StepView => ({
  id: 'create:shop-3',
  kind: 'create',
  title: 'Create shop-3',
  state: 'running',
  startedAt: '2026-03-01T12:00:00.000Z',
  endedAt: null,
  detail: null,
  ...change,
});

const event = (seq: number, change: Partial<OperationEventView> = {}): OperationEventView => ({
  seq,
  at: '2026-03-01T12:00:00.000Z',
  type: 'step-started',
  stepId: 'create:shop-3',
  message: null,
  operation: { state: 'running', stepsDone: seq, stepsTotal: 9 },
  step: step(),
  ...change,
});

const read = {
  state: 'pending',
  stepsDone: 0,
  endedAt: null,
  steps: [step({ state: 'waiting' })],
} as unknown as OperationView;

it('an entry that is given twice after a reconnection is taken once', () => {
  const once = told(NOTHING_TOLD, event(1));
  expect(told(once, event(1))).toBe(once);
  expect(told(once, event(2)).log.map((e) => e.seq)).toEqual([1, 2]);
});

it('what the stream told stands over what was read, until the operation has ended', () => {
  const state = told(NOTHING_TOLD, event(1, { step: step({ state: 'done' }) }));
  expect(merge(read, state)).toMatchObject({ state: 'running', stepsDone: 1, steps: [{ state: 'done' }] });
  const ended = { ...read, state: 'done', endedAt: '2026-03-01T12:01:00.000Z' } as OperationView;
  expect(merge(ended, state)).toBe(ended);
});

it('a running step counts on, an ended one does not', () => {
  const now = Date.parse('2026-03-01T12:00:02.500Z');
  expect(tookMs(step(), now)).toBe(2_500);
  expect(tookMs(step({ endedAt: '2026-03-01T12:00:01.000Z' }), now)).toBe(1_000);
  expect(tookMs(step({ startedAt: null }), now)).toBeNull();
});

it('says of a step what happened to it, and of the operation what it is', () => {
  expect(logText(event(1, { type: 'step-done', message: 'on paris-1' }))).toBe('Create shop-3: done. on paris-1');
  expect(logText(event(2, { type: 'operation-started', step: null, stepId: null }))).toBe('operation started');
});
