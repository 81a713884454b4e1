import { FAILURES_TOLD_MAX } from '@/lib/domain/operation';
import type { ProbeFailure, ProbeSummary } from '@/lib/traffic/types';
import { answerAt, epochIndexAt, PROBE_INTERVAL_MS } from './answers';
import { demandAt } from './demand';
import { REQUESTS_PER_VCPU_SECOND } from './figures';
import type { RequestFailure } from './request-failure';
import type { Epoch, SimCluster } from './state';

/** Probes of a calm stretch whose response times are looked at; all the others are like them. */
const CALM_SAMPLES = 40;
/** Longest stretch that may be found calm at once, so that a wave that goes over the capacity is not missed. */
const STRETCH_MS = 60_000;

interface Tally {
  requests: number;
  failed: number;
  readonly failures: ProbeFailure[];
  longestGapMs: number;
  lastAnswerMs: number;
  readonly latencies: number[];
}

/** Every request of a calm stretch is answered at once, so only their number counts. */
const isCalm = (cluster: SimCluster, epoch: Epoch, fromMs: number, toMs: number): boolean => {
  if (epoch.waiting > 0 || epoch.failed > 0) return false;
  const capacity = epoch.servers.reduce((sum, s) => sum + s.vcpus * REQUESTS_PER_VCPU_SECOND, 0);
  return Math.max(demandAt(cluster, fromMs), demandAt(cluster, toMs)) < 0.9 * capacity;
};

const noteAnswer = (tally: Tally, atMs: number, answeredAtMs: number): void => {
  tally.longestGapMs = Math.max(tally.longestGapMs, answeredAtMs - tally.lastAnswerMs);
  tally.lastAnswerMs = Math.max(tally.lastAnswerMs, answeredAtMs);
  tally.latencies.push(answeredAtMs - atMs);
};

const noteFailure = (tally: Tally, atMs: number, failedAtMs: number, failure: RequestFailure): void => {
  tally.failed += 1;
  if (tally.failures.length >= FAILURES_TOLD_MAX) return;
  tally.failures.push({ at: new Date(atMs), afterMs: Math.round(failedAtMs - atMs), ...failure });
};

const countProbe = (seed: number, cluster: SimCluster, atMs: number, nowMs: number, tally: Tally): void => {
  const answer = answerAt(seed, cluster, atMs, nowMs);
  if (answer === null || (answer.answeredAtMs !== null && answer.answeredAtMs > nowMs)) return;
  tally.requests += 1;
  if (answer.answeredAtMs === null) noteFailure(tally, atMs, answer.failedAtMs, answer.failure);
  else noteAnswer(tally, atMs, answer.answeredAtMs);
};

const countStretch = (
  seed: number,
  cluster: SimCluster,
  epoch: Epoch,
  first: number,
  last: number,
  nowMs: number,
  tally: Tally,
): void => {
  const count = last - first + 1;
  if (count <= 2 * CALM_SAMPLES || !isCalm(cluster, epoch, first * PROBE_INTERVAL_MS, last * PROBE_INTERVAL_MS)) {
    for (let k = first; k <= last; k++) countProbe(seed, cluster, k * PROBE_INTERVAL_MS, nowMs, tally);
    return;
  }
  for (let k = first; k < first + CALM_SAMPLES; k++) countProbe(seed, cluster, k * PROBE_INTERVAL_MS, nowMs, tally);
  tally.requests += count - 2 * CALM_SAMPLES;
  tally.lastAnswerMs = Math.max(tally.lastAnswerMs, (last - CALM_SAMPLES) * PROBE_INTERVAL_MS);
  for (let k = last - CALM_SAMPLES + 1; k <= last; k++) {
    countProbe(seed, cluster, k * PROBE_INTERVAL_MS, nowMs, tally);
  }
};

const percentile = (sorted: readonly number[], part: number): number | null =>
  sorted.length === 0 ? null : (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? null);

/**
 * What the prober saw between two times, both ends inclusive, worked out from the cluster's history: one request every
 * 50 ms since it was published. Requests that still wait for their answer are not counted yet. The longest gap includes
 * the time from the last answer to the end, so that an outage that lasts is seen.
 */
export const probeSummary = (
  seed: number,
  cluster: SimCluster,
  fromMs: number,
  toMs: number,
  nowMs: number,
): ProbeSummary => {
  const startMs = Math.max(fromMs, cluster.published?.sinceMs ?? Number.POSITIVE_INFINITY);
  const endMs = Math.min(toMs, nowMs);
  const tally: Tally = { requests: 0, failed: 0, failures: [], longestGapMs: 0, lastAnswerMs: startMs, latencies: [] };
  for (let i = epochIndexAt(cluster, startMs); startMs <= endMs && i < cluster.epochs.length; i++) {
    const epoch = cluster.epochs[i];
    if (epoch === undefined || epoch.atMs > endMs) break;
    const untilMs = Math.min(cluster.epochs[i + 1]?.atMs ?? Number.POSITIVE_INFINITY, endMs + 1);
    let at = Math.max(startMs, epoch.atMs);
    while (at < untilMs) {
      const stopMs = Math.min(at + STRETCH_MS, untilMs);
      const first = Math.ceil(at / PROBE_INTERVAL_MS);
      const last = Math.ceil(stopMs / PROBE_INTERVAL_MS) - 1;
      if (last >= first) countStretch(seed, cluster, epoch, first, last, nowMs, tally);
      at = stopMs;
    }
  }
  if (tally.requests > 0) tally.longestGapMs = Math.max(tally.longestGapMs, endMs - tally.lastAnswerMs);
  const sorted = [...tally.latencies].sort((a, b) => a - b);
  return {
    requests: tally.requests,
    failed: tally.failed,
    failures: tally.failures,
    longestGapMs: Math.round(tally.longestGapMs),
    latencyP50Ms: percentile(sorted, 0.5),
    latencyP99Ms: percentile(sorted, 0.99),
    unobservedMs: 0,
    startedAt: new Date(fromMs),
    endedAt: new Date(toMs),
  };
};

/** Names of the nodes that answered a probe since a time, with the time of the first answer of each. */
export const firstAnswers = (
  seed: number,
  cluster: SimCluster,
  sinceMs: number,
  nowMs: number,
): ReadonlyMap<string, Date> => {
  const found = new Map<string, Date>();
  const startMs = Math.max(sinceMs, cluster.published?.sinceMs ?? Number.POSITIVE_INFINITY);
  if (startMs > nowMs) return found;
  for (let i = epochIndexAt(cluster, startMs); i < cluster.epochs.length; i++) {
    const epoch = cluster.epochs[i];
    if (epoch === undefined || epoch.atMs > nowMs) break;
    const untilMs = Math.min(cluster.epochs[i + 1]?.atMs ?? Number.POSITIVE_INFINITY, nowMs + 1);
    const names = new Set(epoch.servers.map((s) => s.name).filter((name) => !found.has(name)));
    const mayBeAnsweredLater = epoch.waiting > 0;
    for (
      let k = Math.ceil(Math.max(startMs, epoch.atMs) / PROBE_INTERVAL_MS);
      k * PROBE_INTERVAL_MS < untilMs && (names.size > 0 || mayBeAnsweredLater);
      k++
    ) {
      const answer = answerAt(seed, cluster, k * PROBE_INTERVAL_MS, nowMs);
      if (answer === null || answer.answeredAtMs === null || answer.answeredAtMs > nowMs) continue;
      names.delete(answer.servedBy);
      const before = found.get(answer.servedBy)?.getTime() ?? Number.POSITIVE_INFINITY;
      if (answer.answeredAtMs < before) found.set(answer.servedBy, new Date(answer.answeredAtMs));
    }
  }
  return found;
};
