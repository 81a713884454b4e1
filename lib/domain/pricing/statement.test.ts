import Decimal from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './statement';

const sumOf = (values: readonly Decimal[]): Decimal => values.reduce((sum, value) => sum.add(value), new Decimal(0));

describe('shares of a line', () => {
  const costs = fc.array(
    fc.integer({ min: 0, max: 10 ** 9 }).map((n) => new Decimal(n).div(10 ** 10)),
    {
      minLength: 1,
      maxLength: 50,
    },
  );

  it('add up to it, and none is below zero', () => {
    fc.assert(
      fc.property(costs, (exact) => {
        const amount = sumOf(exact).toDecimalPlaces(2);
        const shares = allocate(amount, exact);
        expect(sumOf(shares).toString()).toBe(amount.toString());
        for (const share of shares) expect(share.isNegative() && !share.isZero()).toBe(false);
      }),
    );
  });

  it('are nothing where a line rounds to nothing, and in proportion else', () => {
    const shares = (amount: string, ...exact: readonly string[]) =>
      allocate(
        new Decimal(amount),
        exact.map((cost) => new Decimal(cost)),
      ).map((share) => share.toNumber());
    expect(shares('0', '0.002', '0.001')).toEqual([0, 0]);
    expect(shares('0.01', '0.009', '0.003')).toEqual([0.0075, 0.0025]);
    expect(shares('1.00', '0.5', '0.5')).toEqual([0.5, 0.5]);
  });
});
