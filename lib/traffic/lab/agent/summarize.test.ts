import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure, Probe } from './probe-log';
import { StallLog } from './stalls';
import { firstAnswers, percentile, summarize } from './summarize';

const answered = (sentMs: number, tookMs: number, servedBy = 'a'): Probe => ({
  sentMs,
  tookMs,
  outcome: 'answered',
  servedBy,
  failure: null,
});
const RESET = { status: null, error: 'ECONNRESET' };
const failed = (sentMs: number, tookMs: number, failure: Failure = RESET, servedBy: string | null = null): Probe => ({
  sentMs,
  tookMs,
  outcome: 'failed',
  servedBy,
  failure,
});

const probe = fc
  .record({
    sentMs: fc.integer({ min: 0, max: 2_000 }),
    tookMs: fc.integer({ min: 0, max: 500 }),
    outcome: fc.constantFrom('pending' as const, 'failed' as const, 'answered' as const),
  })
  .map(
    ({ outcome, ...rest }): Probe => ({
      ...rest,
      outcome,
      servedBy: outcome === 'answered' ? 'a' : null,
      failure: outcome === 'failed' ? RESET : null,
    }),
  );
const probes = fc.array(probe, { maxLength: 60 }).map((list) => list.sort((a, b) => a.sentMs - b.sentMs));
const span = fc
  .tuple(fc.integer({ min: 0, max: 2_500 }), fc.integer({ min: 0, max: 2_500 }))
  .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const stallsOf = (list: readonly (readonly [number, number])[]): StallLog => {
  const log = new StallLog();
  let atMs = 0;
  for (const [pause, length] of list) {
    log.note(atMs + pause, atMs + pause + length);
    atMs += pause + length;
  }
  return log;
};
const stalls = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 })), { maxLength: 10 })
  .map(stallsOf);

describe('outage receipts', () => {
  it('an outage of known length is the longest gap, and its failed requests are counted', () => {
    const before = Array.from({ length: 20 }, (_, i) => answered(i * 50, 2));
    const during = Array.from({ length: 10 }, (_, i) => failed(1_000 + i * 50, 1));
    const after = Array.from({ length: 20 }, (_, i) => answered(1_500 + i * 50, 2));
    const summary = summarize([...before, ...during, ...after], new StallLog(), 0, 2_450);
    expect(summary).toMatchObject({ requests: 50, failed: 10, longestGapMs: 550, latencyP50Ms: 2, unobservedMs: 0 });
  });

  it('an outage that lasts to the end, or has lasted since the start, is a gap', () => {
    const list = [answered(100, 1), failed(150, 1)];
    expect(summarize(list, new StallLog(), 90, 800).longestGapMs).toBe(699);
    expect(summarize([failed(0, 1), answered(400, 1)], new StallLog(), 0, 402).longestGapMs).toBe(401);
  });

  it('a slow answer delays no other one and shows in the latency, not in the gap', () => {
    const list = [answered(0, 400), answered(50, 1), answered(100, 1), answered(150, 1)];
    const summary = summarize(list, new StallLog(), 0, 160);
    expect(summary.longestGapMs).toBe(51);
    expect(summary.latencyP99Ms).toBe(400);
  });

  it('time in which the prober was not run is in no gap and no latency, and is told', () => {
    const log = new StallLog();
    log.note(60, 560);
    const summary = summarize([answered(0, 5), answered(50, 520), answered(560, 5)], log, 0, 570);
    expect(summary).toMatchObject({ failed: 0, unobservedMs: 500, latencyP99Ms: 20 });
    expect(summary.longestGapMs).toBe(60);
  });

  it('a real outage stays visible around a stall of the prober', () => {
    const log = new StallLog();
    log.note(500, 700);
    expect(summarize([answered(0, 0), answered(2_000, 0)], log, 0, 2_000).longestGapMs).toBe(1_800);
  });

  it('every settled request of the time is counted once, and no other', () => {
    fc.assert(
      fc.property(probes, stalls, span, (list, log, { start, end }) => {
        const summary = summarize(list, log, start, end);
        const own = list.filter((p) => p.sentMs >= start && p.sentMs <= end && p.outcome !== 'pending');
        expect(summary.requests).toBe(own.length);
        expect(summary.failed).toBe(own.filter((p) => p.outcome === 'failed').length);
      }),
    );
  });

  it('tells of each request that failed when it was sent, after how long it failed, how, and who said so', () => {
    const refused = { status: 503, error: 'HTTP 503' };
    const list = [failed(0, 1), answered(50, 2), failed(100, 30, refused, 'b'), answered(150, 2), failed(200, 1)];
    expect(summarize(list, new StallLog(), 50, 220).failures).toEqual([
      { sentMs: 100, afterMs: 30, ...refused, node: 'b' },
      { sentMs: 200, afterMs: 1, ...RESET, node: null },
    ]);
  });

  it('the time in which the prober was not run is no time after which a request failed', () => {
    const log = new StallLog();
    log.note(1_000, 3_000);
    expect(summarize([failed(500, 7_000)], log, 0, 8_000).failures).toMatchObject([{ afterMs: 5_000 }]);
  });

  it('tells of the first requests that failed, of no more than twenty, and counts them all', () => {
    const list = Array.from({ length: 50 }, (_, i) => failed(i * 50, 1));
    const summary = summarize(list, new StallLog(), 0, 10_000);
    expect(summary.failed).toBe(50);
    expect(summary.failures.map(({ sentMs }) => sentMs)).toEqual(Array.from({ length: 20 }, (_, i) => i * 50));
  });

  it('no gap is longer than the time that was observed, and none hides between two answers', () => {
    fc.assert(
      fc.property(probes, stalls, span, (list, log, { start, end }) => {
        const { longestGapMs, requests } = summarize(list, log, start, end);
        expect(longestGapMs).toBeGreaterThanOrEqual(0);
        expect(longestGapMs).toBeLessThanOrEqual(log.observedMs(start, end));
        if (requests === 0) return;
        const answers = list
          .filter((p) => p.outcome === 'answered')
          .map((p) => p.sentMs + p.tookMs)
          .filter((at) => at >= start && at <= end);
        for (const at of answers) {
          const next = Math.min(end, ...answers.filter((other) => other > at));
          expect(longestGapMs).toBeGreaterThanOrEqual(log.observedMs(at, next));
        }
      }),
    );
  });

  it('one more answer never makes the longest gap longer', () => {
    fc.assert(
      fc.property(probes, stalls, span, fc.nat(2_500), (list, log, { start, end }, at) => {
        const summary = summarize(list, log, start, end);
        const more = [...list, answered(at, 0)].sort((a, b) => a.sentMs - b.sentMs);
        if (summary.requests > 0) {
          expect(summarize(more, log, start, end).longestGapMs).toBeLessThanOrEqual(summary.longestGapMs);
        }
      }),
    );
  });

  it('tells the first answer of each node, whatever the order of the answers', () => {
    const found = firstAnswers([answered(0, 90, 'b'), answered(10, 5, 'a'), failed(20, 1), answered(30, 5, 'b')]);
    expect([...found]).toEqual([
      ['b', 35],
      ['a', 15],
    ]);
  });

  it('a percentile is the smallest value that enough values do not exceed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 1 }), fc.constantFrom(0.5, 0.9, 0.99, 1), (values, part) => {
        const sorted = values.sort((a, b) => a - b);
        const value = percentile(sorted, part) ?? Number.NaN;
        expect(sorted).toContain(value);
        expect(sorted.filter((v) => v <= value).length).toBeGreaterThanOrEqual(part * sorted.length);
        expect(sorted.filter((v) => v < value).length).toBeLessThan(part * sorted.length);
      }),
    );
    expect(percentile([], 0.5)).toBeNull();
  });
});
