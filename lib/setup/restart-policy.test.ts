import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRestart } from './restart-policy';

const SHORT_MS = 1_000;
const LONG_MS = 10_000;

describe('a process that ended by itself', () => {
  it('is started again soon after its first end', () => {
    expect(planRestart([SHORT_MS])).toEqual({ act: 'restart', afterMs: 500 });
  });

  it('waits twice as long after every further run that was short', () => {
    expect(planRestart([SHORT_MS, SHORT_MS, SHORT_MS])).toEqual({ act: 'restart', afterMs: 2_000 });
  });

  it('is given up after the seventh short run in a row', () => {
    expect(planRestart(new Array(7).fill(SHORT_MS))).toEqual({ act: 'give up' });
  });

  it('has its short runs forgotten when it was up for a while', () => {
    expect(planRestart([...new Array(6).fill(SHORT_MS), LONG_MS])).toEqual({ act: 'restart', afterMs: 500 });
    expect(planRestart([...new Array(6).fill(SHORT_MS), LONG_MS, SHORT_MS])).toEqual({ act: 'restart', afterMs: 500 });
  });

  it('is never given up when it is killed now and then', () => {
    expect(planRestart(new Array(100).fill(LONG_MS))).toEqual({ act: 'restart', afterMs: 500 });
  });

  it('never waits longer than 15 s', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 * LONG_MS), { minLength: 1 }), (runs) => {
        const decision = planRestart(runs);
        return decision.act === 'give up' || (decision.afterMs >= 500 && decision.afterMs <= 15_000);
      }),
    );
  });
});
