import { describe, expect, it } from 'vitest';
import { staleKeys } from './keys';
import { createStaleBatch } from './stale-batch';

const start = () => {
  const flushed: (readonly (readonly string[])[])[] = [];
  const timers: (() => void)[] = [];
  const batch = createStaleBatch({
    flush: (keys) => flushed.push(keys),
    intervalMs: 150,
    schedule: (run) => {
      timers.push(run);
      return () => {
        timers.splice(timers.indexOf(run), 1);
      };
    },
  });
  return { batch, flushed, tick: () => timers.shift()?.(), timers };
};

describe('what became stale', () => {
  it('is handed on at once the first time, and together afterwards, each key once', () => {
    const { batch, flushed, tick } = start();
    batch.add([['clusters']]);
    expect(flushed).toEqual([[['clusters']]]);
    batch.add([['clusters'], ['hosts']]);
    batch.add([['hosts']]);
    expect(flushed).toHaveLength(1);
    tick();
    expect(flushed[1]).toEqual([['clusters'], ['hosts']]);
  });

  it('is handed on at once again after a quiet interval', () => {
    const { batch, flushed, tick, timers } = start();
    batch.add([['vms']]);
    tick();
    expect(timers).toHaveLength(0);
    batch.add([['vms']]);
    expect(flushed).toHaveLength(2);
  });

  it('is dropped when the page goes', () => {
    const { batch, flushed, timers } = start();
    batch.add([['vms']]);
    batch.add([['hosts']]);
    batch.end();
    expect(timers).toHaveLength(0);
    expect(flushed).toHaveLength(1);
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
