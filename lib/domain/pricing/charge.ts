import type { Shape } from '../shape';
import type { Tier, UsageResource } from '../usage/types';
import { Decimal, listPriceOf, type Meter, metersOf, quantityOf, unitPriceOf, usageOf } from './price';
import { type Rate, ratePeriods } from './rate';

/** An interval as far as its price depends on it. */
export interface Chargeable {
  readonly resource: UsageResource;
  readonly tier: Tier;
  readonly costCentre: string;
  readonly shape: Shape;
  readonly startMs: number;
  readonly endMs: number;
  readonly runStartMs: number;
  readonly endsRun: boolean;
}

export interface Charge {
  readonly meter: Meter;
  readonly rate: Rate;
  readonly fromMs: number;
  readonly toMs: number;
  readonly consumed: Decimal;
  /** With what a run that was too short is filled up by. */
  readonly quantity: Decimal;
  readonly listUnitPrice: Decimal;
  readonly unitPrice: Decimal;
  /** Not rounded. */
  readonly cost: Decimal;
}

/** What one interval costs: per meter, and per rate where another one began within it. */
export const chargesOf = (usage: Chargeable, rates: readonly Rate[]): readonly Charge[] =>
  ratePeriods(rates, [usage.costCentre], usage.startMs, usage.endMs).flatMap(({ rate, fromMs, toMs }) => {
    const isEnd = usage.resource === 'vm' && usage.endsRun && toMs === usage.endMs;
    const addedMs = isEnd ? Math.max(0, rate.minimumSeconds * 1_000 - (usage.endMs - usage.runStartMs)) : 0;
    const consumed = usageOf(usage.shape, toMs - fromMs);
    const billed = usageOf(usage.shape, toMs - fromMs + addedMs);
    return metersOf(usage.tier).map((meter): Charge => {
      const quantity = quantityOf(meter, billed);
      const unitPrice = unitPriceOf(meter, usage.tier, rate);
      const listUnitPrice = listPriceOf(meter, rate);
      const cost = quantity.mul(unitPrice);
      return {
        meter,
        rate,
        fromMs,
        toMs,
        consumed: quantityOf(meter, consumed),
        quantity,
        listUnitPrice,
        unitPrice,
        cost,
      };
    });
  });

export const totalCost = (charges: readonly Charge[]): Decimal =>
  charges.reduce((sum, { cost }) => sum.add(cost), new Decimal(0));
