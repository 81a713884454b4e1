import { expect, it } from 'vitest';
import { toResult } from './report';
import { median, slope } from './statistics';

it('takes the middle value, and the mean of two middle ones', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

it('finds how fast something grows, whatever it began with', () => {
  const points = [0, 1, 2, 3].map((x) => ({ x, y: 100 + 5 * x }));
  expect(slope(points)).toBeCloseTo(5);
});

it('compares the medians of value and peer with the ratio that is asked for', () => {
  const peer = { name: 'cold boot', values: [1_000, 1_200, 1_100] };
  const of = (atMost: number) =>
    toResult('c', { name: 'clone', unit: 'ms', values: [40, 60, 55], peer, target: { kind: 'ratio', atMost } });
  expect(of(0.05).ratio).toBe(0.05);
  expect(of(0.05).holds).toBe(true);
  expect(of(0.049).holds).toBe(false);
});

it('a maximum is broken by a single run, and a figure without values never holds', () => {
  const target = { kind: 'maximum', atMost: 0 } as const;
  expect(toResult('c', { name: 'failed', unit: 'requests', values: [0, 0, 1], target }).holds).toBe(false);
  expect(toResult('c', { name: 'failed', unit: 'requests', values: [0, 0, 0], target }).holds).toBe(true);
  expect(toResult('c', { name: 'failed', unit: 'requests', values: [], target }).holds).toBe(false);
});

it('a minimum is broken by the smallest run', () => {
  const target = { kind: 'minimum', atLeast: 20_000 } as const;
  expect(toResult('c', { name: 'sent', unit: 'requests', values: [20_000, 21_000], target }).holds).toBe(true);
  expect(toResult('c', { name: 'sent', unit: 'requests', values: [20_000, 19_999], target }).holds).toBe(false);
});
