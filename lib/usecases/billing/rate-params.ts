import type { RatePeriod } from '@/lib/domain/pricing/rate';

/** Rate periods as arrays for `unnest`: a statement takes them all at once. */
export const periodArrays = (periods: readonly RatePeriod[]) => ({
  costCentres: periods.map(({ costCentre }) => costCentre),
  versions: periods.map(({ rate }) => rate.version),
  from: periods.map(({ fromMs }) => new Date(fromMs)),
  to: periods.map(({ toMs }) => new Date(toMs)),
  minimumMs: periods.map(({ rate }) => rate.minimumSeconds * 1_000),
});
