import { FAILURES_TOLD_MAX } from '@/lib/domain/operation';
import type { ProbeFailure } from '../../types';
import type { Probe } from './probe-log';
import type { StallLog } from './stalls';

/** Times are those of `performance.now()`. */
export interface Summary {
  readonly requests: number;
  readonly failed: number;
  /** The first that failed, in the order in which they were sent. */
  readonly failures: readonly (Omit<ProbeFailure, 'at'> & { readonly sentMs: number })[];
  readonly longestGapMs: number;
  readonly latencyP50Ms: number | null;
  readonly latencyP99Ms: number | null;
  /** Part of the time in which the prober itself was not run. It is in no gap and in no latency. */
  readonly unobservedMs: number;
}

/** Nearest rank: the smallest value that at least this part of the values does not exceed. */
export const percentile = (sorted: ArrayLike<number>, part: number): number | null =>
  sorted.length === 0 ? null : (sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null);

/**
 * What clients saw between two times, both ends inclusive.
 *
 * Requests count by when they were sent; those that still wait are not counted. A gap is a time without any answer,
 * whenever its request was sent; the times from the start to the first answer and from the last one to the end are gaps
 * too, so that an outage that begins before or lasts beyond the time is seen.
 *
 * Probes are sent by the clock and never wait for an earlier answer, so that a slow service is asked as often as a fast
 * one. Probes that a stall of the prober kept from being sent are missing, and the stall counts in no duration.
 *
 * @param probes every probe that may have been answered within the time, in the order of sending
 */
export const summarize = (probes: Iterable<Probe>, stalls: StallLog, startMs: number, endMs: number): Summary => {
  const answersAt: number[] = [];
  const latencies: number[] = [];
  const failures: Summary['failures'][number][] = [];
  let requests = 0;
  let failed = 0;
  for (const probe of probes) {
    if (probe.sentMs > endMs) break;
    if (probe.outcome === 'pending') continue;
    const settledMs = probe.sentMs + probe.tookMs;
    if (probe.outcome === 'answered' && settledMs >= startMs && settledMs <= endMs) answersAt.push(settledMs);
    if (probe.sentMs < startMs) continue;
    requests += 1;
    const observedMs = stalls.observedMs(probe.sentMs, settledMs);
    if (probe.failure === null) {
      latencies.push(observedMs);
      continue;
    }
    failed += 1;
    if (failures.length < FAILURES_TOLD_MAX) {
      failures.push({ sentMs: probe.sentMs, afterMs: observedMs, ...probe.failure, node: probe.servedBy });
    }
  }
  const sorted = Float64Array.from(latencies).sort();
  return {
    requests,
    failed,
    failures,
    longestGapMs: requests === 0 ? 0 : longestGap(answersAt, stalls, startMs, endMs),
    latencyP50Ms: percentile(sorted, 0.5),
    latencyP99Ms: percentile(sorted, 0.99),
    unobservedMs: endMs > startMs ? stalls.overlapMs(startMs, endMs) : 0,
  };
};

const longestGap = (answersAt: readonly number[], stalls: StallLog, startMs: number, endMs: number): number => {
  const moments = Float64Array.from([startMs, ...answersAt, endMs]).sort();
  let longest = 0;
  for (let i = 1; i < moments.length; i++) {
    const from = moments[i - 1] ?? 0;
    const to = moments[i] ?? 0;
    if (to - from > longest) longest = Math.max(longest, stalls.observedMs(from, to));
  }
  return longest;
};

/** Names of the nodes that answered one of these probes, with the time of the first answer of each. */
export const firstAnswers = (probes: Iterable<Probe>): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const { outcome, servedBy, sentMs, tookMs } of probes) {
    if (outcome !== 'answered' || servedBy === null) continue;
    found.set(servedBy, Math.min(found.get(servedBy) ?? Number.POSITIVE_INFINITY, sentMs + tookMs));
  }
  return found;
};
