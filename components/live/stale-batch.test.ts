import { describe, expect, it } from 'vitest';
import { staleKeys } from './keys';
import { createStaleBatch } from './stale-batch';

const start = () => {
  const flushed: (readonly (readonly string[])[])[] = [];
  const timers: (() => void)[] = [];
  const delays: number[] = [];
  const batch = createStaleBatch({
    flush: (keys) => flushed.push(keys),
    intervalMs: 150,
    schedule: (run, delayMs) => {
      timers.push(run);
      delays.push(delayMs);
      return () => {
        timers.splice(timers.indexOf(run), 1);
      };
    },
  });
  return { batch, flushed, tick: () => timers.shift()?.(), timers, delays };
};

describe('what became stale', () => {
  it('is handed on at once the first time, and together afterwards, each key once', () => {
    const { batch, flushed, tick, delays } = start();
    batch.add([['clusters']]);
    batch.add([['operations']]);
    expect(delays).toEqual([10]);
    tick();
    expect(flushed).toEqual([[['clusters'], ['operations']]]);
    batch.add([['clusters'], ['hosts']]);
    batch.add([['hosts']]);
    expect(flushed).toHaveLength(1);
    expect(delays).toEqual([10, 150]);
    tick();
    expect(flushed[1]).toEqual([['clusters'], ['hosts']]);
  });

  it('is handed on at once again after a quiet interval', () => {
    const { batch, flushed, tick, timers, delays } = start();
    batch.add([['vms']]);
    tick();
    tick();
    expect(timers).toHaveLength(0);
    batch.add([['vms']]);
    expect(delays.at(-1)).toBe(10);
    tick();
    expect(flushed).toHaveLength(2);
  });

  it('is dropped when the page goes', () => {
    const { batch, flushed, timers } = start();
    batch.add([['vms']]);
    batch.end();
    expect(timers).toHaveLength(0);
    expect(flushed).toHaveLength(0);
  });
});

describe('an event', () => {
  it('of measurements makes only those of its cluster stale', () => {
    expect(staleKeys({ kind: 'metrics', clusterId: 'c1' })).toEqual([['metrics', 'c1']]);
  });

  it('of an operation makes everything stale that an operation changes', () => {
    const nouns = staleKeys({ kind: 'operation', clusterId: 'c1' }).map(([noun]) => noun);
    expect(nouns).toEqual(expect.arrayContaining(['operations', 'clusters', 'vms', 'hosts']));
  });
});
