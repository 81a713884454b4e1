import type { Month } from '../usage/month';
import type { Tier } from '../usage/types';
import {
  Decimal,
  listPriceOf,
  METER_UNIT,
  type Meter,
  metersOf,
  quantityOf,
  toCents,
  type UsageSum,
  unitPriceOf,
} from './price';
import type { Rate } from './rate';

/** Usage that one rate holds for, of one cluster and tier. */
export interface UsageGroup {
  /** Month in which it was used: another than the statement's is a correction. */
  readonly usageMonth: Month;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly tier: Tier;
  readonly rate: Rate;
  /** As it was lived. */
  readonly consumed: UsageSum;
  /** With what short runs are filled up to the minimum. */
  readonly billed: UsageSum;
}

export interface StatementLine {
  readonly n: number;
  readonly usageMonth: Month;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly tier: Tier;
  readonly meter: Meter;
  readonly rateVersion: number;
  readonly unit: string;
  readonly consumed: Decimal;
  readonly quantity: Decimal;
  readonly listUnitPrice: Decimal;
  readonly unitPrice: Decimal;
  /** Quantity times price, rounded to the cent. */
  readonly amount: Decimal;
  readonly taxPercent: Decimal;
  /** Of the rounded amount, rounded to the cent. */
  readonly tax: Decimal;
}

export interface StatementTotals {
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly total: Decimal;
}

const order = (a: UsageGroup, b: UsageGroup): number =>
  // Corrections stand last.
  b.usageMonth.localeCompare(a.usageMonth) ||
  a.clusterName.localeCompare(b.clusterName) ||
  a.clusterId.localeCompare(b.clusterId) ||
  a.tier.localeCompare(b.tier) ||
  a.rate.version - b.rate.version;

/** Digits after the point of what an interval's part of a line is given with. */
const SHARE_PLACES = 10;

const lineOf = (group: UsageGroup, meter: Meter): Omit<StatementLine, 'n'> => {
  const { rate, tier } = group;
  const quantity = quantityOf(meter, group.billed);
  const unitPrice = unitPriceOf(meter, tier, rate);
  const amount = toCents(quantity.mul(unitPrice));
  const taxPercent = new Decimal(rate.taxPercent);
  return {
    usageMonth: group.usageMonth,
    clusterId: group.clusterId,
    clusterName: group.clusterName,
    tier,
    meter,
    rateVersion: rate.version,
    unit: METER_UNIT[meter],
    consumed: quantityOf(meter, group.consumed),
    quantity,
    listUnitPrice: listPriceOf(meter, rate),
    unitPrice,
    amount,
    taxPercent,
    tax: toCents(amount.mul(taxPercent).div(100)),
  };
};

/** One line per cluster, tier, meter and rate, each rounded by itself: the lines add up to the total to the cent. */
export const statementLines = (groups: readonly UsageGroup[]): readonly StatementLine[] =>
  [...groups]
    .sort(order)
    .flatMap((group) => metersOf(group.tier).map((meter) => lineOf(group, meter)))
    .filter((line) => !line.quantity.isZero())
    .map((line, i) => ({ ...line, n: i + 1 }));

export const totalsOf = (lines: readonly { readonly amount: Decimal; readonly tax: Decimal }[]): StatementTotals => {
  const net = lines.reduce((sum, line) => sum.add(line.amount), new Decimal(0));
  const tax = lines.reduce((sum, line) => sum.add(line.tax), new Decimal(0));
  return { net, tax, total: net.add(tax) };
};

/**
 * Hands a line's amount out to the intervals that it is made of, in proportion to what each costs exactly, to 10 digits
 * after the point. Shares are differences of rounded running totals: they add up to the line, and none turns its sign.
 */
export const allocate = (amount: Decimal, exact: readonly Decimal[]): readonly Decimal[] => {
  const total = exact.reduce((sum, cost) => sum.add(cost), new Decimal(0));
  let running = new Decimal(0);
  let given = new Decimal(0);
  return exact.map((cost) => {
    running = running.add(cost);
    const upTo = total.isZero() ? total : amount.mul(running).div(total).toDecimalPlaces(SHARE_PLACES);
    const share = upTo.sub(given);
    given = upTo;
    return share;
  });
};
