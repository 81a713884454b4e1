import { PROBES_PER_SECOND } from './demand';
import { latencyMs, serverLoads } from './figures';
import { unit } from './random';
import { failureOf, type RequestFailure, refusedBy, TIMED_OUT, UNANSWERED } from './request-failure';
import type { Epoch, Failing, SimCluster } from './state';

export const PROBE_INTERVAL_MS = 1000 / PROBES_PER_SECOND;
/** How long the prober waits for an answer. */
export const PROBE_TIMEOUT_MS = 5_000;

/** What became of a request: who answered it and when, or why and when it failed. */
export type Answer =
  | { readonly answeredAtMs: number; readonly servedBy: string; readonly failure: null }
  | { readonly answeredAtMs: null; readonly failedAtMs: number; readonly failure: RequestFailure };

/** Index of the epoch in which a time lies; 0 for times before the first. */
export const epochIndexAt = (cluster: SimCluster, atMs: number): number => {
  let low = 0;
  let high = cluster.epochs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const epoch = cluster.epochs[middle];
    if (epoch !== undefined && epoch.atMs <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The part in which a chance falls, where each is as likely as its share; null beyond the last. */
const pick = <T extends { readonly share: number }>(parts: readonly T[], chance: number): T | null => {
  let left = chance;
  for (const part of parts) {
    if (left < part.share) return part;
    left -= part.share;
  }
  return null;
};

const failed = (failedAtMs: number, failure: RequestFailure): Answer => ({ answeredAtMs: null, failedAtMs, failure });

/** The last cause where the shares, which are sums of fractions, fall short of the chance. */
const causeOf = ({ failing }: Epoch, chance: number): Failing | null => pick(failing, chance) ?? failing.at(-1) ?? null;

const answerFrom = (
  seed: number,
  cluster: SimCluster,
  epoch: Epoch,
  atMs: number,
  servedFromMs: number,
  chance: number,
): Answer => {
  const server = pick(epoch.servers, chance);
  if (server === null) return failed(servedFromMs, UNANSWERED);
  const load = serverLoads(cluster, epoch, servedFromMs).find((l) => l.served.vmId === server.vmId);
  const refusedPart =
    load === undefined || load.errorsPerSecond === 0
      ? 0
      : load.errorsPerSecond / (load.errorsPerSecond + load.requestsPerSecond);
  if (unit(seed, cluster.id, atMs, 'refused') < refusedPart) return failed(servedFromMs, refusedBy(server.name));
  const tookMs = latencyMs(server.vcpus, load?.utilisation ?? 0, unit(seed, cluster.id, atMs, 'latency'));
  return { answeredAtMs: servedFromMs + tookMs, servedBy: server.name, failure: null };
};

/**
 * What became of one request that a client sent at a time, from the cluster's history up to `nowMs`. Returns null when
 * it still waits. A request that waits is answered at the beginning of the next epoch that answers, unless the client
 * gives up before.
 */
export const answerAt = (
  seed: number,
  cluster: SimCluster,
  atMs: number,
  nowMs: number,
  timeoutMs: number = PROBE_TIMEOUT_MS,
): Answer | null => {
  const chance = unit(seed, cluster.id, atMs, 'server');
  const first = epochIndexAt(cluster, atMs);
  const timedOut = failed(atMs + timeoutMs, TIMED_OUT);
  for (let i = first; i < cluster.epochs.length; i++) {
    const epoch = cluster.epochs[i];
    if (epoch === undefined) break;
    const fromMs = Math.max(atMs, epoch.atMs);
    if (fromMs - atMs >= timeoutMs) return timedOut;
    const answeredPart = 1 - epoch.waiting - epoch.failed;
    if (chance < answeredPart) return answerFrom(seed, cluster, epoch, atMs, fromMs, chance);
    const failingFrom = answeredPart + epoch.waiting;
    if (chance >= failingFrom) return failed(fromMs, failureOf(causeOf(epoch, chance - failingFrom)));
  }
  return nowMs - atMs >= timeoutMs ? timedOut : null;
};
