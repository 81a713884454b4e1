import type { Shape } from '../shape';
import { HOUR_MS, type Month, monthEndMs, monthOf } from '../usage/month';
import { Decimal, hourlyCostOf } from './price';
import { type Rate, ratePeriods } from './rate';

/** What was asked for from a moment on, and whether the policy asked for it. */
export interface AskedSize {
  readonly atMs: number;
  readonly byPolicy: boolean;
  readonly nodes: number;
  readonly shape: Shape;
  readonly spares: number;
}

export interface MonthEffect {
  readonly month: Month;
  /** How often the policy changed the size. */
  readonly changes: number;
  /** Cost above what it would have been (below, if negative) without the policy's changes. Not rounded. */
  readonly difference: Decimal;
}

const perHourOf = ({ nodes, shape, spares }: AskedSize, rate: Rate): Decimal =>
  hourlyCostOf('service', shape, rate)
    .mul(nodes)
    .add(hourlyCostOf('spare', shape, rate).mul(spares));

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly asked: AskedSize;
  /** What others last asked for: without the policy it would have stayed. */
  readonly without: AskedSize;
}

const stretchesOf = (sizes: readonly AskedSize[], untilMs: number): readonly Stretch[] => {
  let without: AskedSize | null = null;
  return sizes.flatMap((asked, i): readonly Stretch[] => {
    if (!asked.byPolicy) without = asked;
    const toMs = Math.min(sizes[i + 1]?.atMs ?? untilMs, untilMs);
    return without === null || asked.atMs >= toMs ? [] : [{ fromMs: asked.atMs, toMs, asked, without }];
  });
};

/** A stretch month by month, so that what it comes to can be told of each. */
const byMonth = (stretch: Stretch): readonly Stretch[] => {
  const parts: Stretch[] = [];
  for (let fromMs = stretch.fromMs; fromMs < stretch.toMs; ) {
    const toMs = Math.min(stretch.toMs, monthEndMs(monthOf(fromMs)));
    parts.push({ ...stretch, fromMs, toMs });
    fromMs = toMs;
  }
  return parts;
};

const differenceOf = (part: Stretch, rates: readonly Rate[], costCentre: string): Decimal =>
  ratePeriods(rates, [costCentre], part.fromMs, part.toMs).reduce((sum, { rate, fromMs, toMs }) => {
    const perHour = perHourOf(part.asked, rate).sub(perHourOf(part.without, rate));
    return sum.add(perHour.mul(toMs - fromMs).div(HOUR_MS));
  }, new Decimal(0));

/**
 * What a policy's changes did cost, or save: the sizes that were asked for, priced hour by hour, beside the size that
 * others last asked for. Oldest month first; months in which the policy's size was in force or changed.
 *
 * @param sizes of one cluster, oldest first
 */
export const policyEffect = (
  sizes: readonly AskedSize[],
  rates: readonly Rate[],
  costCentre: string,
  untilMs: number,
): readonly MonthEffect[] => {
  const months = new Map<Month, MonthEffect>();
  const add = (month: Month, changes: number, difference: Decimal): void => {
    const had = months.get(month) ?? { month, changes: 0, difference: new Decimal(0) };
    months.set(month, { month, changes: had.changes + changes, difference: had.difference.add(difference) });
  };
  for (const stretch of stretchesOf(sizes, untilMs).filter(({ asked }) => asked.byPolicy)) {
    add(monthOf(stretch.fromMs), 1, new Decimal(0));
    for (const part of byMonth(stretch)) add(monthOf(part.fromMs), 0, differenceOf(part, rates, costCentre));
  }
  return [...months.values()].sort((a, b) => a.month.localeCompare(b.month));
};

/** What the policy's size that is in force costs more (less, if negative) per hour than the one that others asked for. */
export const effectPerHour = (sizes: readonly AskedSize[], rate: Rate): Decimal => {
  const asked = sizes.at(-1);
  const without = sizes.findLast(({ byPolicy }) => !byPolicy);
  if (asked === undefined || without === undefined) return new Decimal(0);
  return perHourOf(asked, rate).sub(perHourOf(without, rate));
};
