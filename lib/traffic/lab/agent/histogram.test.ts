import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram';
import { percentile } from './summarize';

describe('histogram', () => {
  it('tells every percentile to within a thirty-second of its value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 300 }),
        fc.constantFrom(0.01, 0.5, 0.99, 1),
        (values, part) => {
          const histogram = new Histogram();
          for (const value of values) histogram.add(value);
          const exact = percentile(
            values.sort((a, b) => a - b),
            part,
          );
          const told = histogram.percentile(part);
          expect(told).not.toBeNull();
          expect(told).toBeLessThanOrEqual(exact ?? 0);
          expect(told).toBeGreaterThanOrEqual(Math.floor((exact ?? 0) * (1 - 1 / 32)));
        },
      ),
    );
  });

  it('knows nothing without a value, and again after it is cleared', () => {
    const histogram = new Histogram();
    expect(histogram.percentile(0.5)).toBeNull();
    histogram.add(3);
    histogram.clear();
    expect(histogram.percentile(0.5)).toBeNull();
    expect(histogram.total).toBe(0);
  });

  it('takes values beyond its range as the largest', () => {
    const histogram = new Histogram();
    histogram.add(-5);
    histogram.add(1e12);
    expect(histogram.percentile(0.5)).toBe(0);
    expect(histogram.percentile(1)).toBe(2 ** 21);
  });
});
