import { HOUR_MS, type Month, monthEndMs, monthStartMs } from '../usage/month';
import type { Decimal } from './price';

/** Hours of a month that a price per month is reckoned with: a year of 8,760 hours in twelve. */
export const HOURS_PER_MONTH = 730;

/**
 * What a month comes to if what runs now goes on: what was used so far, and from now on the present cost per hour.
 */
export const forecast = (month: Month, nowMs: number, soFar: Decimal, perHour: Decimal): Decimal => {
  const leftMs = monthEndMs(month) - Math.max(nowMs, monthStartMs(month));
  return soFar.add(perHour.mul(Math.max(leftMs, 0)).div(HOUR_MS));
};

export const BUDGET_STATES = ['within', 'near', 'forecast', 'over'] as const;
/**
 * `near`: the lowest threshold is passed; `forecast`: the month is expected to end above the budget; `over`: it is
 * above it.
 */
export type BudgetState = (typeof BUDGET_STATES)[number];

export interface BudgetVerdict {
  readonly state: BudgetState;
  /** Highest threshold that was passed, in percent; null when none was. */
  readonly passedPercent: number | null;
}

/** What people are told of a verdict, each once per month: `passed-80`, `forecast`, `over`. */
export const alertKindsOf = ({ state, passedPercent }: BudgetVerdict): readonly string[] => {
  const passed = passedPercent === null ? [] : [`passed-${passedPercent}`];
  switch (state) {
    case 'over':
      return ['over'];
    case 'forecast':
      return [...passed, 'forecast'];
    case 'near':
    case 'within':
      return passed;
    default:
      return state satisfies never;
  }
};

export const judgeBudget = (
  budget: { readonly amount: Decimal; readonly thresholds: readonly number[] },
  soFar: Decimal,
  expected: Decimal,
): BudgetVerdict => {
  const passed = budget.thresholds.filter((percent) => soFar.gte(budget.amount.mul(percent).div(100)));
  const passedPercent = passed.length === 0 ? null : Math.max(...passed);
  if (soFar.gt(budget.amount)) return { state: 'over', passedPercent };
  if (expected.gt(budget.amount)) return { state: 'forecast', passedPercent };
  return { state: passedPercent === null ? 'within' : 'near', passedPercent };
};
