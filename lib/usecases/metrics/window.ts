import type { MetricsQuery } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';

/** More than a chart has pixels. */
export const POINTS_MAX = 2_000;
/** Samples are taken once a second. */
export const SAMPLE_PERIOD_MS = 1_000;
const WINDOW_MS_DEFAULT = 15 * 60_000;

/** Times of the points: `startMs`, `startMs + stepMs` … `count` in all, aligned to whole steps since 1970. */
export interface MetricsWindow {
  readonly startMs: number;
  readonly stepMs: number;
  readonly count: number;
}

/**
 * Fits a query to at most 2,000 points: the step grows to what that needs, in whole samples.
 * Throws `malformed` when the time ends before it begins.
 */
export const planMetricsWindow = (query: MetricsQuery, now: Date): MetricsWindow => {
  const toMs = query.to === undefined ? now.getTime() : Date.parse(query.to);
  const fromMs = query.from === undefined ? toMs - WINDOW_MS_DEFAULT : Date.parse(query.from);
  if (fromMs >= toMs) {
    const message = 'The time must begin before it ends.';
    throw new HeadroomError('malformed', message, { details: { fields: [{ field: 'from', message }] } });
  }
  // One point fewer: aligning to whole steps may add one.
  const stepMsMin = Math.max(query.step ?? SAMPLE_PERIOD_MS, (toMs - fromMs) / (POINTS_MAX - 1));
  const stepMs = Math.ceil(stepMsMin / SAMPLE_PERIOD_MS) * SAMPLE_PERIOD_MS;
  const startMs = Math.floor(fromMs / stepMs) * stepMs;
  return { startMs, stepMs, count: Math.ceil((toMs - startMs) / stepMs) };
};
