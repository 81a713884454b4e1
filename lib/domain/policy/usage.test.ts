import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backtest } from './backtest/backtest';
import { evaluatePolicy, NO_STATE } from './evaluate';
import { explain } from './explain';
import type { RightsizingRule } from './schema';
import { observation, rules, size } from './testing';
import { DecayingHistogram, trackUsage } from './usage';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-05-04T00:00:00Z');

describe('a decaying histogram', () => {
  it('gives percentiles at most a twentieth too large', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.02, max: 100, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, part) => {
          const histogram = new DecayingHistogram(0.01, DAY);
          for (const value of values) histogram.add(START, value);
          const sorted = values.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(0, Math.ceil(part * sorted.length - 1e-9) - 1)] ?? 0;
          const found = histogram.percentile(part) ?? 0;
          expect(found).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
          expect(found).toBeLessThanOrEqual(exact * 1.05 + 0.0101);
        },
      ),
    );
  });

  it('forgets: after ten half-lives old values count for a thousandth, however long it runs', () => {
    const histogram = new DecayingHistogram(0.01, HOUR);
    for (let hour = 0; hour < 300; hour += 1) histogram.add(START + hour * HOUR, hour < 290 ? 8 : 1);
    expect(histogram.percentile(0.9)).toBeLessThan(1.06);
    expect(histogram.percentile(0.9999)).toBeGreaterThan(7.9);
    expect(new DecayingHistogram(0.01, HOUR).percentile(0.5)).toBeNull();
  });
});

describe('rightsizing', () => {
  const policy = rules({ kind: 'rightsizing' });
  const fed = (days: number, busy: (ms: number) => number, usedMiB = 300) => {
    const tracker = trackUsage(policy.rule as RightsizingRule);
    for (let ms = 0; ms < days * DAY; ms += 300_000) tracker.push(START + ms, busy(ms), usedMiB);
    return tracker.read(START + days * DAY);
  };
  const decide = (usage: ReturnType<typeof fed>, vcpus: number, memoryMiB: number) => {
    const seen = observation(2, { size: size(2, vcpus, memoryMiB), usage });
    const decision = evaluatePolicy(policy, seen, NO_STATE, START + 7 * DAY);
    return { ...decision, reason: explain(policy.rule, decision) };
  };

  it('goes to what is used with its margin, and leaves a shape be that lies within the bounds', () => {
    const usage = fed(7, () => 2.2);
    expect(decide(usage, 8, 1024)).toMatchObject({ outcome: 'shrink', to: size(2, 3, 384) });
    expect(decide(usage, 1, 384)).toMatchObject({ outcome: 'grow', to: size(2, 3, 384) });
    expect(decide(usage, 3, 384)).toMatchObject({ outcome: 'none', hold: { code: 'fits' } });
    expect(decide(usage, 3, 384).reason).toMatch(/^Did nothing: nodes need 2.5\d vCPU and \d+ MiB, which fits$/);
  });

  it('waits for its history', () => {
    expect(
      decide(
        fed(0.5, () => 2),
        8,
        1024,
      ).reason,
    ).toBe('Did nothing: no data: it takes 1 d of history');
  });

  it('proposes fewer changes than a plain threshold over the same load', () => {
    const times = Float64Array.from({ length: 7 * 288 }, (_, i) => START + i * 300_000);
    const values = times.map((ms) => 0.5 + 0.4 * Math.sin((2 * Math.PI * ms) / DAY));
    const step = { vcpus: 1 };
    const threshold = rules({
      kind: 'threshold',
      metric: 'cpu',
      up: { above: 0.8, forMs: 0, step },
      down: { below: 0.3, forMs: 0, step },
    });
    const actionsOf = (of: typeof policy) => backtest(of, { times, values }, { start: size(2, 2) }).actions.length;
    expect(actionsOf(policy)).toBeLessThanOrEqual(1);
    expect(actionsOf(threshold)).toBeGreaterThan(5);
  });
});
