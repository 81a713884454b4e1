import { describe, expect, it } from 'vitest';
import { type AskedSize, effectPerHour, policyEffect } from './policy-effect';
import type { Rate } from './rate';

const RATE: Rate = {
  version: 1,
  costCentre: null,
  effectiveFrom: '2026-01-01',
  currency: 'EUR',
  vcpuHour: '1',
  memoryGiBHour: '0',
  diskGiBHour: '0',
  volumeGiBHour: '0',
  vipHour: '0',
  spareDiscountPercent: '50',
  minimumSeconds: 0,
  taxPercent: '0',
};
const size = (at: string, nodes: number, byPolicy: boolean, spares = 0): AskedSize => ({
  atMs: Date.parse(at),
  byPolicy,
  nodes,
  spares,
  shape: { vcpus: 1, memoryMiB: 1_024, diskGiB: 1 },
});
const effect = (sizes: readonly AskedSize[], until: string, rates: readonly Rate[] = [RATE]) =>
  policyEffect(sizes, rates, 'default', Date.parse(until)).map(({ month, changes, difference }) => [
    month,
    changes,
    difference.toFixed(),
  ]);

describe('what a policy did cost or save', () => {
  it('is counted against the size that people last asked for, until they ask for another', () => {
    const sizes = [
      size('2026-01-01T00:00:00Z', 2, false),
      size('2026-01-02T00:00:00Z', 4, true),
      size('2026-01-02T10:00:00Z', 3, true),
      size('2026-01-03T00:00:00Z', 6, false),
      size('2026-01-04T00:00:00Z', 5, true),
    ];
    // 10 h of two more, 14 h of one more, then 24 h of one less.
    expect(effect(sizes, '2026-01-05T00:00:00Z')).toEqual([['2026-01', 3, '10']]);
    expect(effectPerHour(sizes, RATE).toFixed()).toBe('-1');
  });

  it('is told month by month and by the rate of each day; spares have their discount', () => {
    const sizes = [size('2026-01-01T00:00:00Z', 2, false), size('2026-01-31T00:00:00Z', 2, true, 2)];
    const dearer = { ...RATE, version: 2, effectiveFrom: '2026-02-02', vcpuHour: '3' };
    expect(effect(sizes, '2026-02-03T00:00:00Z', [RATE, dearer])).toEqual([
      ['2026-01', 1, '24'],
      ['2026-02', 0, '96'],
    ]);
  });

  it('is nothing while the policy changed nothing, or what it did was taken back', () => {
    const first = size('2026-01-01T00:00:00Z', 2, false);
    expect(effect([first], '2026-01-05T00:00:00Z')).toEqual([]);
    const undone = [first, size('2026-01-02T00:00:00Z', 4, true), size('2026-01-02T00:00:00Z', 2, true)];
    expect(effect(undone, '2026-01-05T00:00:00Z')).toEqual([['2026-01', 1, '0']]);
  });
});
