import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StallLog } from './stalls';

const notes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 })), { maxLength: 20 })
  .map((list) => {
    let atMs = 0;
    return list.map(([pause, length]) => {
      const fromMs = atMs + pause;
      atMs = fromMs + length;
      return [fromMs, atMs] as const;
    });
  });

describe('stalls', () => {
  it('overlap is the sum over every stalled millisecond', () => {
    fc.assert(
      fc.property(notes, fc.nat(1_000), fc.nat(1_000), (stalls, a, b) => {
        const log = new StallLog();
        for (const [fromMs, toMs] of stalls) log.note(fromMs, toMs);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        let stalled = 0;
        for (let ms = from; ms < to; ms++) if (stalls.some(([f, t]) => ms >= f && ms < t)) stalled += 1;
        expect(log.overlapMs(from, to)).toBe(stalled);
        expect(log.observedMs(from, to)).toBe(to - from - stalled);
      }),
    );
  });

  it('a stall that is told twice counts once', () => {
    const log = new StallLog();
    log.note(10, 30);
    log.note(20, 40);
    log.note(15, 25);
    expect(log.overlapMs(0, 100)).toBe(30);
  });
});
