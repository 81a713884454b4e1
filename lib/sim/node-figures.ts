import type { NodeTrafficMetrics } from '@/lib/traffic/types';
import { connectionsAt, currentEpoch, membersIn, meterUntil } from './cluster-time';
import { latencyMs, serverLoads } from './figures';
import type { SimCluster } from './state';
import type { World } from './world';

interface Reading {
  readonly atMs: number;
  readonly requests: number;
  readonly errors: number;
}

/** Figures between two readings of cumulative counters; nulls without an earlier one. */
const rates = (before: Reading | undefined, now: Reading): { requests: number | null; errors: number | null } => {
  if (before === undefined || now.atMs <= before.atMs || now.requests < before.requests) {
    return { requests: null, errors: null };
  }
  const seconds = (now.atMs - before.atMs) / 1000;
  return { requests: (now.requests - before.requests) / seconds, errors: (now.errors - before.errors) / seconds };
};

const latencies = (
  cluster: SimCluster,
  atMs: number,
  vmId: string | null,
): { p50: number | null; p99: number | null } => {
  const loads = serverLoads(cluster, currentEpoch(cluster), atMs).filter(
    (l) => l.requestsPerSecond > 0 && (vmId === null || l.served.vmId === vmId),
  );
  const total = loads.reduce((sum, l) => sum + l.requestsPerSecond, 0);
  if (total === 0) return { p50: null, p99: null };
  // Of a cluster: the mean of its servers, each by what it serves. An approximation of the percentile of them together.
  const at = (percentile: number) =>
    loads.reduce(
      (sum, l) => sum + (l.requestsPerSecond / total) * latencyMs(l.served.vcpus, l.utilisation, percentile),
      0,
    );
  return { p50: at(0.5), p99: at(0.99) };
};

const NOTHING: Omit<NodeTrafficMetrics, 'at'> = {
  requestsPerSecond: null,
  errorsPerSecond: null,
  latencyP50Ms: null,
  latencyP99Ms: null,
  connections: null,
};

/** What the proxies of a simulated world report. Remembers the last reading of each, as counters are read. */
export class NodeFigures {
  readonly #world: World;
  readonly #last = new Map<string, Reading>();

  constructor(world: World) {
    this.#world = world;
  }

  ofNode(address: string): NodeTrafficMetrics {
    const at = this.#world.clock.now();
    const vm = this.#world.findVmByAddress(address);
    const { member } = vm ?? {};
    if (vm === null || member == null || vm.run !== 'running' || member.proxy === 'down') return { at, ...NOTHING };
    const scope = this.#world.scope(member.clusterId);
    meterUntil(scope, at.getTime());
    const { requests, errors } = this.#rates(`node:${vm.id}`, vm.meters);
    const { p50, p99 } = latencies(scope.cluster, at.getTime(), vm.id);
    return {
      at,
      requestsPerSecond: requests,
      errorsPerSecond: errors,
      latencyP50Ms: requests === null ? null : p50,
      latencyP99Ms: requests === null ? null : p99,
      connections: requests === null ? null : connectionsAt(scope, { ...vm, member }, at.getTime()),
    };
  }

  ofCluster(clusterId: string): NodeTrafficMetrics {
    const at = this.#world.clock.now();
    if (this.#world.findCluster(clusterId) === null) return { at, ...NOTHING };
    const scope = this.#world.scope(clusterId);
    meterUntil(scope, at.getTime());
    const { requests, errors } = this.#rates(`cluster:${clusterId}`, scope.cluster.meters);
    const { p50, p99 } = latencies(scope.cluster, at.getTime(), null);
    const connections = membersIn(scope).reduce((sum, vm) => sum + connectionsAt(scope, vm, at.getTime()), 0);
    return {
      at,
      requestsPerSecond: requests,
      errorsPerSecond: errors,
      latencyP50Ms: requests === null ? null : p50,
      latencyP99Ms: requests === null ? null : p99,
      connections: requests === null ? null : connections,
    };
  }

  #rates(key: string, now: Reading): { requests: number | null; errors: number | null } {
    const before = this.#last.get(key);
    this.#last.set(key, { atMs: now.atMs, requests: now.requests, errors: now.errors });
    return rates(before, now);
  }
}
