import { median } from '../median';
import type { PredictiveRule } from './schema';

const DAY_MS = 86_400_000;
/** Values are averaged over bins of this length: a season's pattern is not finer. */
export const BIN_MS = 5 * 60_000;
/** Seasons that a prediction is the median of, at most. */
const SEASONS = 4;
/** Bins by which the level of now is compared with that of the seasons before: one hour. */
const LEVEL_BINS = 12;
/** The pattern is scaled to the level of now within these limits: one odd hour does not double a forecast twice. */
const LEVEL_MIN = 0.5;
const LEVEL_MAX = 2;

export interface Forecast {
  /** Highest demand that is expected from now until the lead has passed. */
  readonly peak: number;
  readonly peakAtMs: number;
  /**
   * Sum of the absolute errors that such forecasts would have had over the last season, as a part of the sum of what was
   * (weighted absolute percentage error).
   */
  readonly error: number;
}

export interface ForecastTracker {
  /** Demand at a moment, in the order of times. */
  push(atMs: number, demand: number): void;
  /** Null until two seasons were seen: one to forecast by, one to know the error by. */
  read(nowMs: number): Forecast | null;
}

export const seasonMsOf = (season: PredictiveRule['season']): number => (season === 'day' ? DAY_MS : 7 * DAY_MS);

interface Scored {
  readonly actual: number;
  readonly predicted: number;
}

/**
 * Seasonal naive forecast with a median over the last seasons, scaled to the level of the last hour (Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, 5.2, with a robust mean).
 */
export const trackForecast = ({ season, leadMs }: Pick<PredictiveRule, 'season' | 'leadMs'>): ForecastTracker => {
  const seasonBins = seasonMsOf(season) / BIN_MS;
  const bins = new Map<number, number>();
  const scored: Scored[] = [];
  let open: { readonly bin: number; sum: number; count: number } | null = null;
  let errorSum = 0;
  let actualSum = 0;
  let latest: { readonly bin: number; readonly forecast: Forecast | null } | null = null;

  const predict = (bin: number): number | null => {
    const earlier: number[] = [];
    for (let k = 1; k <= SEASONS; k += 1) {
      const value = bins.get(bin - k * seasonBins);
      if (value !== undefined) earlier.push(value);
    }
    return median(earlier);
  };

  const close = (bin: number, actual: number): void => {
    const predicted = predict(bin);
    bins.set(bin, actual);
    bins.delete(bin - (SEASONS + 1) * seasonBins);
    if (predicted === null) return;
    scored.push({ actual, predicted });
    errorSum += Math.abs(actual - predicted);
    actualSum += actual;
    const dropped = scored.length > seasonBins ? scored.shift() : undefined;
    if (dropped === undefined) return;
    errorSum -= Math.abs(dropped.actual - dropped.predicted);
    actualSum -= dropped.actual;
  };

  const level = (): number => {
    const recent = scored.slice(-LEVEL_BINS);
    const actual = recent.reduce((sum, s) => sum + s.actual, 0);
    const predicted = recent.reduce((sum, s) => sum + s.predicted, 0);
    return predicted <= 0 ? 1 : Math.min(LEVEL_MAX, Math.max(LEVEL_MIN, actual / predicted));
  };

  const forecast = (bin: number): Forecast | null => {
    if (scored.length < seasonBins || actualSum <= 0) return null;
    const scale = level();
    let best: { peak: number; peakAtMs: number } | null = null;
    for (let ahead = bin; ahead * BIN_MS <= bin * BIN_MS + leadMs; ahead += 1) {
      const predicted = predict(ahead);
      if (predicted === null) continue;
      const peak = predicted * scale;
      if (best === null || peak > best.peak) best = { peak, peakAtMs: ahead * BIN_MS };
    }
    return best === null ? null : { ...best, error: Math.max(0, errorSum) / actualSum };
  };

  return {
    push: (atMs, demand) => {
      const bin = Math.floor(atMs / BIN_MS);
      if (open !== null && open.bin !== bin) {
        close(open.bin, open.sum / open.count);
        open = null;
      }
      open ??= { bin, sum: 0, count: 0 };
      open.sum += demand;
      open.count += 1;
    },
    read: (nowMs) => {
      const bin = Math.floor(nowMs / BIN_MS);
      if (latest?.bin !== bin) latest = { bin, forecast: forecast(bin) };
      return latest.forecast;
    },
  };
};
