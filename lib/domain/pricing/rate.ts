import { HOUR_MS } from '../usage/month';

/** A day of UTC, `2026-11-01`. */
export type Day = string;

export const DAY_MS = 24 * HOUR_MS;
export const dayOf = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
export const dayStartMs = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`);

/** Cap on what a run is charged at least; runs that are longer need not be looked at one by one. */
export const MINIMUM_SECONDS_MAX = 3_600;

/** One version of the prices. Prices are decimal strings, per hour; in force from the first moment of a day of UTC. */
export interface Rate {
  readonly version: number;
  /** Null: for all that have none of their own. */
  readonly costCentre: string | null;
  readonly effectiveFrom: Day;
  /** ISO 4217. */
  readonly currency: string;
  readonly vcpuHour: string;
  readonly memoryGiBHour: string;
  readonly diskGiBHour: string;
  readonly volumeGiBHour: string;
  readonly vipHour: string;
  /** Taken off what a spare's processors, memory and disk cost. */
  readonly spareDiscountPercent: string;
  /** A VM's run is charged for at least this long. */
  readonly minimumSeconds: number;
  readonly taxPercent: string;
}

/** In force at a moment: the cost centre's own before the general one; of each the latest to begin, then the newest. */
export const findRate = (rates: readonly Rate[], costCentre: string, atMs: number): Rate | null => {
  const day = dayOf(atMs);
  const begun = rates.filter((rate) => rate.effectiveFrom <= day);
  const latest = (of: string | null): Rate | null =>
    begun
      .filter((rate) => rate.costCentre === of)
      .reduce<Rate | null>((best, rate) => {
        if (best === null || rate.effectiveFrom > best.effectiveFrom) return rate;
        return rate.effectiveFrom === best.effectiveFrom && rate.version > best.version ? rate : best;
      }, null);
  return latest(costCentre) ?? latest(null);
};

/** A stretch of time in which one rate holds for a cost centre. */
export interface RatePeriod {
  readonly costCentre: string;
  readonly rate: Rate;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Which rate holds when, for each cost centre, without gap from the first rate on. */
export const ratePeriods = (
  rates: readonly Rate[],
  costCentres: readonly string[],
  fromMs: number,
  toMs: number,
): readonly RatePeriod[] => {
  const starts = [...new Set(rates.map((rate) => dayStartMs(rate.effectiveFrom)))].filter(
    (ms) => ms > fromMs && ms < toMs,
  );
  const bounds = [fromMs, ...starts.sort((a, b) => a - b), toMs];
  return costCentres.flatMap((costCentre) => {
    const periods: RatePeriod[] = [];
    for (let i = 0; i + 1 < bounds.length; i += 1) {
      const [from = 0, to = 0] = [bounds[i], bounds[i + 1]];
      const rate = findRate(rates, costCentre, from);
      const last = periods.at(-1);
      if (rate === null) continue;
      if (last !== undefined && last.rate.version === rate.version && last.toMs === from)
        periods[periods.length - 1] = { ...last, toMs: to };
      else periods.push({ costCentre, rate, fromMs: from, toMs: to });
    }
    return periods;
  });
};
