import { demandAt, isLoadOn } from './demand';
import type { Epoch, Served, SimCluster, SimVm } from './state';

/** Requests per second that keep one vCPU busy. */
export const REQUESTS_PER_VCPU_SECOND = 400;
/** Share of one vCPU that an idle guest with its clustering process takes, as measured under emulation (4–6 %). */
const IDLE_VCPUS = 0.05;
/** Utilisation at which the M/M/1 formula is cut off: queues are bounded, so response times are. */
const UTILISATION_MAX = 0.99;
const REQUEST_BYTES = 300;
const RESPONSE_BYTES = 900;
const LOG_BYTES_PER_REQUEST = 120;

const capacityOf = (vcpus: number): number => vcpus * REQUESTS_PER_VCPU_SECOND;

export interface ServerLoad {
  readonly served: Served;
  readonly requestsPerSecond: number;
  /** Refused because every queue is full. */
  readonly errorsPerSecond: number;
  /** Of the whole VM, in [0, 1]. */
  readonly utilisation: number;
}

/** How the demand of a moment loads each server: what is too much for one overflows to those that have room. */
export const serverLoads = (cluster: SimCluster, epoch: Epoch, atMs: number): readonly ServerLoad[] => {
  const demand = demandAt(cluster, atMs);
  const servers = epoch.servers.map((served) => {
    const capacity = capacityOf(served.vcpus);
    const wanted = demand * served.share;
    return { served, capacity, wanted };
  });
  const surplus = servers.reduce((sum, s) => sum + Math.max(0, s.wanted - s.capacity), 0);
  const room = servers.reduce((sum, s) => sum + Math.max(0, s.capacity - s.wanted), 0);
  const isTooMuch = surplus > room;
  return servers.map(({ served, capacity, wanted }) => {
    const spare = Math.max(0, capacity - wanted);
    const taken = room > 0 ? (spare / room) * Math.min(surplus, room) : 0;
    const requestsPerSecond = Math.min(wanted, capacity) + taken;
    const over = Math.max(0, wanted - capacity);
    return {
      served,
      requestsPerSecond,
      errorsPerSecond: isTooMuch && surplus > 0 ? ((surplus - room) * over) / surplus : 0,
      utilisation: Math.min(1, requestsPerSecond / capacity),
    };
  });
};

/**
 * Response time at a percentile, in milliseconds. In an M/M/1 queue it is exponential with rate μ(1 − ρ) (Kleinrock,
 * Queueing Systems I, 3.2), so the percentile p is −ln(1 − p) / (μ(1 − ρ)).
 */
export const latencyMs = (vcpus: number, utilisation: number, percentile: number): number => {
  const ratePerMs = capacityOf(vcpus) / 1000;
  return -Math.log(1 - percentile) / (ratePerMs * (1 - Math.min(utilisation, UTILISATION_MAX)));
};

/** Established client connections of a server: Little's law for short requests, and its part of the slow streams. */
export const establishedConnections = (cluster: SimCluster, load: ServerLoad, atMs: number): number => {
  const meanSeconds = 1 / (capacityOf(load.served.vcpus) * (1 - Math.min(load.utilisation, UTILISATION_MAX)));
  const streams = isLoadOn(cluster.load, atMs) ? cluster.load.spec.slowStreams : 0;
  return Math.round(load.requestsPerSecond * meanSeconds + streams * load.served.share);
};

export const memoryUsedMiB = (vm: SimVm, connections: number): number => {
  const application = vm.member?.application === 'up' ? 0.2 * vm.shape.memoryMiB : 0;
  return Math.round(Math.min(0.97 * vm.shape.memoryMiB, 110 + application + connections * 0.05));
};

/** Longest stretch that is taken as one when figures are added up over time. */
const STEP_MS = 300_000;
const STEPS_MAX = 288;

/** Midpoints of equal stretches between two times. */
const stretches = (fromMs: number, toMs: number): { readonly midMs: number; readonly lengthMs: number }[] => {
  if (toMs <= fromMs) return [];
  const count = Math.min(STEPS_MAX, Math.ceil((toMs - fromMs) / STEP_MS));
  const lengthMs = (toMs - fromMs) / count;
  return Array.from({ length: count }, (_, i) => ({ midMs: fromMs + (i + 0.5) * lengthMs, lengthMs }));
};

/** Adds to the cumulative figures of a running VM what it did until now, under one epoch. Idle without one. */
export const meterVm = (vm: SimVm, cluster: SimCluster | null, epoch: Epoch | null, nowMs: number): void => {
  const { meters } = vm;
  if (nowMs <= meters.atMs) return;
  if (vm.run === 'running') {
    const isServer = epoch?.servers.some((s) => s.vmId === vm.id) ?? false;
    const parts = isServer ? stretches(meters.atMs, nowMs) : [{ midMs: nowMs, lengthMs: nowMs - meters.atMs }];
    for (const { midMs, lengthMs } of parts) {
      const load =
        isServer && cluster !== null && epoch !== null
          ? serverLoads(cluster, epoch, midMs).find((l) => l.served.vmId === vm.id)
          : undefined;
      const requests = ((load?.requestsPerSecond ?? 0) * lengthMs) / 1000;
      const busyVcpus = Math.min(vm.shape.vcpus, IDLE_VCPUS + (load?.utilisation ?? 0) * vm.shape.vcpus);
      meters.cpuMs += busyVcpus * lengthMs;
      meters.requests += requests;
      meters.errors += ((load?.errorsPerSecond ?? 0) * lengthMs) / 1000;
      meters.receivedBytes += requests * REQUEST_BYTES;
      meters.sentBytes += requests * RESPONSE_BYTES;
      meters.diskWrittenBytes += requests * LOG_BYTES_PER_REQUEST;
    }
  }
  meters.atMs = nowMs;
};

/** Adds to a cluster's cumulative figures what it answered and failed until now, under one epoch. */
export const meterCluster = (cluster: SimCluster, epoch: Epoch, nowMs: number): void => {
  const { meters } = cluster;
  for (const { midMs, lengthMs } of stretches(meters.atMs, nowMs)) {
    const loads = serverLoads(cluster, epoch, midMs);
    const refused = loads.reduce((sum, l) => sum + l.errorsPerSecond, 0);
    const answered = loads.reduce((sum, l) => sum + l.requestsPerSecond, 0);
    meters.requests += (answered * lengthMs) / 1000;
    meters.errors += ((refused + demandAt(cluster, midMs) * epoch.failed) * lengthMs) / 1000;
  }
  meters.atMs = Math.max(meters.atMs, nowMs);
};
