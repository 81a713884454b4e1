import { expect, it } from 'vitest';
import type { MetricsView } from '@/lib/domain/contract';
import { crosshairAfter, readingsAt } from './crosshair';

it('arrow keys move the crosshair within the window, ten points at a time when asked, and escape takes it away', () => {
  expect(crosshairAfter('ArrowLeft', null, 100, false)).toBe(99);
  expect(crosshairAfter('ArrowLeft', 50, 100, false)).toBe(49);
  expect(crosshairAfter('ArrowLeft', 5, 100, true)).toBe(0);
  expect(crosshairAfter('ArrowRight', 95, 100, true)).toBe(99);
  expect(crosshairAfter('Home', 50, 100, false)).toBe(0);
  expect(crosshairAfter('End', 50, 100, false)).toBe(99);
  expect(crosshairAfter('Escape', 50, 100, false)).toBeNull();
  expect(crosshairAfter('a', 50, 100, false)).toBeUndefined();
  expect(crosshairAfter('Home', null, 0, false)).toBeUndefined();
});

it('readings are told in words, what was not measured is left out', () => {
  const none = [null];
  const cluster = {
    cpu: [0.5],
    memory: none,
    requestsPerSecond: [48],
    latencyP50Ms: [2],
    latencyP99Ms: [12],
    errorsPerSecond: none,
    connections: none,
  };
  expect(readingsAt({ cluster } as unknown as MetricsView, 0)).toBe('CPU 50 %, Requests 48 req/s, Latency 12 ms');
});
