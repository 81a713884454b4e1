import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { systemClock, VirtualClock } from './index';

describe('virtual clock', () => {
  it('fires timers by time, then by the order of their making', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }), async (delays) => {
        const clock = new VirtualClock();
        const fired: number[] = [];
        delays.forEach((ms, i) => {
          clock.after(ms, () => fired.push(i));
        });
        await clock.advance(5);
        const expected = delays
          .map((ms, i) => ({ ms, i }))
          .sort((a, b) => a.ms - b.ms || a.i - b.i)
          .map((t) => t.i);
        expect(fired).toEqual(expected);
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('lets what a timer sets going finish before the next timer', async () => {
    const clock = new VirtualClock({ startAt: new Date(0) });
    const log: string[] = [];
    const walk = async (name: string, ms: number) => {
      for (let i = 0; i < 3; i++) {
        await clock.sleep(ms);
        log.push(`${name}@${clock.now().getTime()}`);
      }
    };
    await clock.run(() => Promise.all([walk('a', 10), walk('b', 15)]));
    expect(log).toEqual(['a@10', 'b@15', 'a@20', 'b@30', 'a@30', 'b@45']);
  });

  it('stops at the moment the predicate holds', async () => {
    const clock = new VirtualClock({ startAt: new Date(0) });
    let done = false;
    clock.after(70, () => {
      done = true;
    });
    clock.after(100, () => undefined);
    await clock.runUntil(() => done);
    expect(clock.now().getTime()).toBe(70);
    expect(clock.pending).toBe(1);
  });

  it('says so when the awaited state cannot come', async () => {
    const clock = new VirtualClock();
    await expect(clock.runUntil(() => false)).rejects.toThrow('nothing is waiting');
    const cancel = clock.after(2_000, () => undefined);
    await expect(clock.runUntil(() => false, { limitMs: 1_000 })).rejects.toThrow('1000 ms have passed');
    cancel();
    expect(clock.pending).toBe(0);
  });

  it('hands on the rejection of the work it runs', async () => {
    const clock = new VirtualClock();
    const work = async () => {
      await clock.sleep(5);
      throw new Error('broken');
    };
    await expect(clock.run(work)).rejects.toThrow('broken');
  });
});

describe.each([
  ['system', systemClock],
  ['virtual', new VirtualClock()],
] as const)('%s clock', (_name, clock) => {
  it('ends a sleep with the reason of the abort', async () => {
    const abort = new AbortController();
    const sleep = clock.sleep(3_600_000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
    await expect(clock.sleep(1, abort.signal)).rejects.toThrow('enough');
  });
});

it('the system clock waits for real', async () => {
  await expect(systemClock.sleep(1)).resolves.toBeUndefined();
});

it('a stopwatch does not follow the time of day', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
  const elapsedMs = systemClock.stopwatch();
  vi.setSystemTime(3_600_000);
  expect(systemClock.now().getTime()).toBe(3_600_000);
  expect(elapsedMs()).toBeLessThan(60_000);
  vi.useRealTimers();
});
