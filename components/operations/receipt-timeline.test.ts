import { describe, expect, it } from 'vitest';
import type { MetricsView, OperationView } from '@/lib/domain/contract';
import { timelineOf } from './receipt-timeline';

const T = Date.parse('2026-11-29T12:00:00Z');
const iso = (second: number): string => new Date(T + second * 1_000).toISOString();
const step = (id: string, begin: number, end: number | null) => ({
  id,
  kind: id,
  title: id,
  state: 'done',
  startedAt: iso(begin),
  endedAt: end === null ? null : iso(end),
  detail: null,
});
const operation = {
  receipt: { requests: 100, failed: 0, longestGapMs: 50, startedAt: iso(0), endedAt: iso(8) },
  steps: [step('create', 0, 2), step('boot', 1, 4), step('drain', 4, 8), step('never', 8, null)],
  plan: { steps: [{ id: 'drain', movesTraffic: true }] },
} as unknown as OperationView;
const view = {
  stepMs: 2_000,
  times: [-10_000, 0, 2_000, 12_000, 20_000].map((ms) => T + ms),
  cluster: {
    requestsPerSecond: [9, 10, 20, null, 5],
    errorsPerSecond: [0, 0, 1, null, 0],
    latencyP99Ms: [1, 2, 3, null, 4],
  },
} as unknown as MetricsView;

describe('the timeline of a receipt', () => {
  const timeline = timelineOf(operation, view);

  it('has the time of the operation with some before and after, and what was measured in it', () => {
    expect([timeline?.fromMs, timeline?.toMs]).toEqual([T - 6_000, T + 14_000]);
    expect(timeline?.bars.map(({ height, errorsPerSecond }) => [height, errorsPerSecond])).toEqual([
      [0.5, 0],
      [1, 1],
      [0, null],
    ]);
  });

  it('gives steps that overlap lanes of their own, and the lane of one that has ended to the next', () => {
    expect(timeline?.spans.map(({ id, lane, isTraffic }) => [id, lane, isTraffic])).toEqual([
      ['create', 0, false],
      ['boot', 1, false],
      ['drain', 0, true],
    ]);
    expect(timeline?.lanes).toBe(2);
  });

  it('is none without a receipt', () => {
    expect(timelineOf({ ...operation, receipt: null }, view)).toBeNull();
  });
});
