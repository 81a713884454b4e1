import { PROBES_PER_SECOND } from './demand';
import { latencyMs, serverLoads } from './figures';
import { unit } from './random';
import type { Epoch, SimCluster } from './state';

export const PROBE_INTERVAL_MS = 1000 / PROBES_PER_SECOND;
/** How long the prober waits for an answer. */
export const PROBE_TIMEOUT_MS = 5_000;

export interface Answer {
  readonly atMs: number;
  /** When the answer came; null when none did. */
  readonly answeredAtMs: number | null;
  readonly servedBy: string | null;
}

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

const pickServer = (epoch: Epoch, chance: number): Epoch['servers'][number] | null => {
  let left = chance;
  for (const server of epoch.servers) {
    if (left < server.share) return server;
    left -= server.share;
  }
  return null;
};

const answerFrom = (
  seed: number,
  cluster: SimCluster,
  epoch: Epoch,
  atMs: number,
  servedFromMs: number,
  chance: number,
): Answer => {
  const server = pickServer(epoch, chance);
  if (server === null) return { atMs, answeredAtMs: null, servedBy: null };
  const load = serverLoads(cluster, epoch, servedFromMs).find((l) => l.served.vmId === server.vmId);
  const refusedPart =
    load === undefined || load.errorsPerSecond === 0
      ? 0
      : load.errorsPerSecond / (load.errorsPerSecond + load.requestsPerSecond);
  if (unit(seed, cluster.id, atMs, 'refused') < refusedPart) return { atMs, answeredAtMs: null, servedBy: null };
  const tookMs = latencyMs(server.vcpus, load?.utilisation ?? 0, unit(seed, cluster.id, atMs, 'latency'));
  return { atMs, answeredAtMs: servedFromMs + tookMs, servedBy: server.name };
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
  const unanswered: Answer = { atMs, answeredAtMs: null, servedBy: null };
  for (let i = first; i < cluster.epochs.length; i++) {
    const epoch = cluster.epochs[i];
    if (epoch === undefined) break;
    const fromMs = Math.max(atMs, epoch.atMs);
    if (fromMs - atMs >= timeoutMs) return unanswered;
    const answeredPart = 1 - epoch.waiting - epoch.failed;
    if (chance < answeredPart) return answerFrom(seed, cluster, epoch, atMs, fromMs, chance);
    if (chance >= answeredPart + epoch.waiting) return unanswered;
  }
  return nowMs - atMs >= timeoutMs ? unanswered : null;
};
