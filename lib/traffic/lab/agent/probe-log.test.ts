import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Probe, ProbeLog } from './probe-log';

type Outcome = { readonly kind: 'pending' | 'failed' | 'answered'; readonly tookMs: number; readonly name: string };

const outcome: fc.Arbitrary<Outcome> = fc.record({
  kind: fc.constantFrom('pending', 'failed', 'answered'),
  tookMs: fc.nat(5_000),
  name: fc.constantFrom('shop-1', 'shop-2', 'shop-3'),
});

const fill = (log: ProbeLog, outcomes: readonly Outcome[]): Probe[] =>
  outcomes.map(({ kind, tookMs, name }, i) => {
    const number = log.begin(i * 50);
    if (kind === 'failed') log.failed(number, tookMs);
    if (kind === 'answered') log.answered(number, tookMs, name);
    return {
      sentMs: i * 50,
      outcome: kind,
      tookMs: kind === 'pending' ? 0 : tookMs,
      servedBy: kind === 'answered' ? name : null,
    };
  });

describe('probe log', () => {
  it('gives back what was put in, from any time on', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 200 }), fc.nat(10_000), (outcomes, from) => {
        const log = new ProbeLog();
        const expected = fill(log, outcomes);
        expect([...log.since(from)]).toEqual(expected.filter((probe) => probe.sentMs >= from));
      }),
    );
  });

  it('keeps at least as many as it was told to, the newest, and forgets in order', () => {
    const log = new ProbeLog(5_000);
    const outcomes = Array.from({ length: 30_000 }, (_, i) => ({ kind: 'answered', tookMs: i, name: 'a' }) as const);
    const expected = fill(log, outcomes);
    const kept = [...log.since(0)];
    expect(kept.length).toBeGreaterThanOrEqual(5_000);
    expect(kept.length).toBeLessThan(20_000);
    expect(kept).toEqual(expected.slice(-kept.length));
    expect(log.startMs).toBe(kept[0]?.sentMs);
  });

  it('an answer to a probe that is forgotten changes no other one', () => {
    const log = new ProbeLog(1);
    const first = log.begin(0);
    for (let i = 1; i < 20_000; i++) log.failed(log.begin(i), 1);
    log.answered(first, 7, 'late');
    expect([...log.since(0)].every((probe) => probe.outcome === 'failed')).toBe(true);
  });

  it('an answer without a name is an answer', () => {
    const log = new ProbeLog();
    log.answered(log.begin(0), 3, null);
    expect([...log.since(0)]).toEqual([{ sentMs: 0, outcome: 'answered', tookMs: 3, servedBy: null }]);
  });
});
