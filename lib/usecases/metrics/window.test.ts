import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POINTS_MAX, planMetricsWindow } from './window';

const NOW = new Date('2026-03-01T12:00:00.250Z');

describe('the window of a metrics query', () => {
  it('is the last 15 minutes in samples unless told otherwise', () => {
    const window = planMetricsWindow({}, NOW);
    expect(window.stepMs).toBe(1_000);
    expect(window.startMs).toBe(NOW.getTime() - 15 * 60_000 - 250);
    expect(window.count).toBe(901);
  });

  it('covers what was asked for, on whole steps, with at most 2,000 points', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 * 365 * 86_400_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.option(fc.integer({ min: 1_000, max: 86_400_000 }), { nil: undefined }),
        (lengthMs, offsetMs, step) => {
          const to = new Date(NOW.getTime() - offsetMs);
          const from = new Date(to.getTime() - lengthMs);
          const window = planMetricsWindow({ from: from.toISOString(), to: to.toISOString(), step }, NOW);
          expect(window.count).toBeLessThanOrEqual(POINTS_MAX);
          expect(window.startMs % window.stepMs).toBe(0);
          expect(window.startMs).toBeLessThanOrEqual(from.getTime());
          expect(window.startMs + window.count * window.stepMs).toBeGreaterThanOrEqual(to.getTime());
          expect(window.stepMs).toBeGreaterThanOrEqual(step ?? 1_000);
        },
      ),
    );
  });

  it('refuses a time that ends before it begins', () => {
    const query = { from: '2026-03-01T12:00:00Z', to: '2026-03-01T11:00:00Z' };
    expect(() => planMetricsWindow(query, NOW)).toThrow('begin before it ends');
  });
});
