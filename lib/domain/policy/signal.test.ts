import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackForecast } from './forecast';
import { trackSignal } from './signal';

const STALE = 30_000;

describe('a signal', () => {
  it('is above since it first was, and a gap or one value below begins anew', () => {
    const tracker = trackSignal({ above: 10, below: 5, staleAfterMs: STALE });
    tracker.push(0, 11);
    tracker.push(10_000, 12);
    expect(tracker.read(20_000)).toMatchObject({ value: 12, aboveForMs: 20_000, belowForMs: null });
    tracker.push(20_000, 7);
    tracker.push(30_000, 11);
    expect(tracker.read(30_000).aboveForMs).toBe(0);
    tracker.push(30_000 + STALE + 1, 11);
    expect(tracker.read(30_000 + STALE + 1).aboveForMs).toBe(0);
  });

  it('has no value when the last one is too old, and a null is none', () => {
    const tracker = trackSignal({ above: 10, staleAfterMs: STALE });
    tracker.push(0, 11);
    tracker.push(20_000, null);
    expect(tracker.read(STALE).value).toBe(11);
    expect(tracker.read(STALE + 1)).toMatchObject({ value: null, aboveForMs: null });
  });

  it('has the mean of its window, once most of that was measured', () => {
    const tracker = trackSignal({ windowMs: 60_000, staleAfterMs: STALE });
    for (let at = 0; at < 40_000; at += 10_000) tracker.push(at, 1);
    expect(tracker.read(30_000).mean).toBeNull();
    tracker.push(40_000, 6);
    expect(tracker.read(40_000).mean).toBe(2);
  });

  it('has the same mean as one worked out anew, however many values have passed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 3_000, maxLength: 5_000 }), (values) => {
        const tracker = trackSignal({ windowMs: 100_000, staleAfterMs: STALE });
        for (const [i, value] of values.entries()) tracker.push(i * 1_000, value);
        const window = values.slice(-100);
        const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
        expect(tracker.read(values.length * 1_000).mean).toBeCloseTo(mean, 6);
      }),
      { numRuns: 10 },
    );
  });
});

describe('a forecast', () => {
  const DAY = 86_400_000;
  const demandAt = (ms: number) => 100 + 80 * Math.sin((2 * Math.PI * ms) / DAY);
  const feed = (days: number, demand: (ms: number) => number) => {
    const tracker = trackForecast({ season: 'day', leadMs: 3_600_000 });
    for (let ms = 0; ms < days * DAY; ms += 60_000) tracker.push(ms, demand(ms));
    return tracker;
  };

  it('takes two seasons, then sees a daily wave coming almost without error', () => {
    expect(feed(1.9, demandAt).read(1.9 * DAY)).toBeNull();
    const forecast = feed(3, demandAt).read(3 * DAY);
    expect(forecast?.peak).toBeCloseTo(demandAt(3_600_000), -1);
    expect(forecast?.error).toBeLessThan(0.01);
  });

  it('follows a higher level, and owns to its error', () => {
    const grown = feed(4, (ms) => demandAt(ms) * (ms < 3 * DAY ? 1 : 1.5)).read(4 * DAY);
    expect(grown?.peak).toBeCloseTo(demandAt(3_600_000) * 1.5, -1);
    expect(grown?.error).toBeCloseTo(1 / 3, 1);
  });
});
