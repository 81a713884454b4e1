import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRestart } from './restart-policy';

const MINUTE_MS = 60_000;

describe('a process that ended by itself', () => {
  it('is started again soon after its first end', () => {
    expect(planRestart([1_000], 1_000)).toEqual({ act: 'restart', afterMs: 500 });
  });

  it('waits twice as long after every further end', () => {
    expect(planRestart([0, 10, 20], 20)).toEqual({ act: 'restart', afterMs: 2_000 });
  });

  it('is given up after the seventh end within five minutes', () => {
    const ends = [0, 1, 2, 3, 4, 5, 6].map((i) => i * 1_000);
    expect(planRestart(ends, 6_000)).toEqual({ act: 'give up' });
  });

  it('has its earlier ends forgotten after five minutes', () => {
    const ends = [0, 1, 2, 3, 4, 5, 6 * MINUTE_MS];
    expect(planRestart(ends, 6 * MINUTE_MS)).toEqual({ act: 'restart', afterMs: 500 });
  });

  it('never waits longer than 15 s', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10 * MINUTE_MS), { minLength: 1 }), (times) => {
        const ends = times.toSorted((a, b) => a - b);
        const decision = planRestart(ends, ends.at(-1) ?? 0);
        return decision.act === 'give up' || (decision.afterMs >= 500 && decision.afterMs <= 15_000);
      }),
    );
  });
});
