import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Failure, type Probe, ProbeLog } from './probe-log';

interface Outcome {
  readonly kind: 'pending' | 'failed' | 'answered';
  readonly tookMs: number;
  readonly name: string | null;
  readonly failure: Failure;
}

const RESET: Failure = { status: null, error: 'ECONNRESET' };

const outcome: fc.Arbitrary<Outcome> = fc.record({
  kind: fc.constantFrom('pending', 'failed', 'answered'),
  tookMs: fc.nat(5_000),
  name: fc.constantFrom('shop-1', 'shop-2', 'shop-3', null),
  failure: fc.constantFrom(RESET, { status: 503, error: 'HTTP 503' }, { status: 500, error: 'HTTP 500' }),
});

const fill = (log: ProbeLog, outcomes: readonly Outcome[]): Probe[] =>
  outcomes.map(({ kind, tookMs, name, failure }, i) => {
    const number = log.begin(i * 50);
    if (kind === 'failed') log.failed(number, tookMs, failure, name);
    if (kind === 'answered') log.answered(number, tookMs, name);
    return {
      sentMs: i * 50,
      outcome: kind,
      tookMs: kind === 'pending' ? 0 : tookMs,
      servedBy: kind === 'pending' ? null : name,
      failure: kind === 'failed' ? failure : null,
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
    const outcomes = Array.from(
      { length: 30_000 },
      (_, i) => ({ kind: i % 3 === 0 ? 'failed' : 'answered', tookMs: i, name: 'a', failure: RESET }) as const,
    );
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
    for (let i = 1; i < 20_000; i++) log.failed(log.begin(i), 1, RESET, null);
    log.answered(first, 7, 'late');
    expect([...log.since(0)].every((probe) => probe.outcome === 'failed')).toBe(true);
  });

  it('an answer without a name is an answer', () => {
    const log = new ProbeLog();
    log.answered(log.begin(0), 3, null);
    expect([...log.since(0)]).toEqual([{ sentMs: 0, outcome: 'answered', tookMs: 3, servedBy: null, failure: null }]);
  });

  it('keeps no more of a text than it shows', () => {
    const log = new ProbeLog();
    log.failed(log.begin(0), 1, { status: null, error: 'x'.repeat(10_000) }, 'y'.repeat(10_000));
    const [probe] = [...log.since(0)];
    expect([probe?.failure?.error.length, probe?.servedBy?.length]).toEqual([200, 200]);
  });
});
