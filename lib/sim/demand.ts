import { unit } from './random';
import type { Demand, LoadRun, SimCluster } from './state';

export const PROBES_PER_SECOND = 20;
const DAY_MS = 86_400_000;

/** A cluster's own daily wave: a mean of 20–60 requests/s that swings by up to 70 % around it. */
export const seededDemand = (seed: number, clusterId: string): Demand => {
  const mean = 20 + 40 * unit(seed, clusterId, 'mean');
  return {
    meanRequestsPerSecond: mean,
    swingRequestsPerSecond: mean * (0.3 + 0.4 * unit(seed, clusterId, 'swing')),
    periodMs: DAY_MS,
    phase: unit(seed, clusterId, 'phase'),
  };
};

export const waveAt = (demand: Demand, atMs: number): number =>
  Math.max(
    0,
    demand.meanRequestsPerSecond +
      demand.swingRequestsPerSecond * Math.sin(2 * Math.PI * (atMs / demand.periodMs - demand.phase)),
  );

export const isLoadOn = (load: LoadRun | null, atMs: number): load is LoadRun =>
  load !== null && atMs >= load.startedAtMs && (load.endedAtMs === null || atMs < load.endedAtMs);

/** Requests per second that all clients together send at a moment. */
export const demandAt = (cluster: SimCluster, atMs: number): number => {
  const isProbed = cluster.published !== null && atMs >= cluster.published.sinceMs;
  return (
    waveAt(cluster.demand, atMs) +
    (isLoadOn(cluster.load, atMs) ? cluster.load.spec.requestsPerSecond : 0) +
    (isProbed ? PROBES_PER_SECOND : 0)
  );
};
