import { Gauge, Registry } from 'prom-client';
import { CLUSTER_STATES } from '@/lib/domain/contract';
import { NODE_STATES } from '@/lib/domain/inventory';
import { OPERATION_STATES } from '@/lib/domain/operation';
import type { Database } from '@/lib/usecases/context';
import { processMetrics } from './registry';

interface Counted {
  readonly state: string;
  readonly _count: number;
}

/** A gauge with a value for every state, zero included: a series that comes and goes cannot be alerted on. */
const gaugeByState = (registry: Registry, name: string, help: string, states: readonly string[]) => {
  const gauge = new Gauge({ name, help, labelNames: ['state'], registers: [registry] });
  return (rows: readonly Counted[]): void => {
    for (const state of states) gauge.set({ state }, rows.find((row) => row.state === state)?._count ?? 0);
  };
};

const gauge = (registry: Registry, name: string, help: string, labelNames: readonly string[] = []): Gauge =>
  new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });

interface LatestSample {
  readonly clusterId: string;
  readonly requestsPerSecond: number | null;
  readonly errorsPerSecond: number | null;
}

/** A sample older than this says nothing about now: the series is left out. */
const SAMPLE_AGE_MS_MAX = 30_000;

const fill = async (db: Database, registry: Registry, now: Date): Promise<void> => {
  const since = new Date(now.getTime() - SAMPLE_AGE_MS_MAX);
  const [clusters, nodes, operations, lease, live, samples, probes, free] = await Promise.all([
    db.cluster.groupBy({ by: ['state'], _count: true }),
    db.node.groupBy({ by: ['state'], _count: true }),
    db.operation.groupBy({ by: ['state'], _count: true }),
    db.lease.findFirst({ orderBy: { renewedAt: 'desc' } }),
    db.cluster.findMany({
      where: { state: { not: 'deleted' } },
      select: { id: true, name: true, nodes: { where: { holdsVip: true, observedAt: { gte: since } } } },
    }),
    db.$queryRaw<LatestSample[]>`
      select distinct on ("clusterId") "clusterId", "requestsPerSecond", "errorsPerSecond"
        from "MetricSample" where "vmId" = '' and "at" >= ${since}::timestamptz
       order by "clusterId", "at" desc`,
    db.receipt.aggregate({ _sum: { failed: true, requests: true } }),
    db.vm.groupBy({ by: ['hostId'], where: { state: { not: 'released' } }, _sum: { vcpus: true, memoryMiB: true } }),
  ]);

  gaugeByState(registry, 'headroom_clusters', 'Clusters by state.', CLUSTER_STATES)(clusters);
  gaugeByState(registry, 'headroom_nodes', 'Nodes by state.', NODE_STATES)(nodes);
  gaugeByState(registry, 'headroom_operations', 'Operations by state.', OPERATION_STATES)(operations);
  if (lease !== null) {
    gauge(registry, 'headroom_orchestrator_lease_age_seconds', 'Time since the orchestrator renewed its lease.').set(
      (now.getTime() - lease.renewedAt.getTime()) / 1000,
    );
  }
  const holders = gauge(registry, 'headroom_vip_holders', 'Nodes that say they hold the VIP; 1 is right.', ['cluster']);
  const requests = gauge(registry, 'headroom_requests_per_second', 'Requests at the VIP.', ['cluster']);
  const errors = gauge(registry, 'headroom_errors_per_second', 'Failed requests at the VIP.', ['cluster']);
  for (const cluster of live) {
    holders.set({ cluster: cluster.name }, cluster.nodes.length);
    const sample = samples.find((s) => s.clusterId === cluster.id);
    if (typeof sample?.requestsPerSecond === 'number')
      requests.set({ cluster: cluster.name }, sample.requestsPerSecond);
    if (typeof sample?.errorsPerSecond === 'number') errors.set({ cluster: cluster.name }, sample.errorsPerSecond);
  }
  gauge(registry, 'headroom_receipt_probes', 'Probes sent while operations ran, over all receipts.').set(
    probes._sum.requests ?? 0,
  );
  gauge(registry, 'headroom_receipt_probe_failures', 'Probes that failed while operations ran, over all receipts.').set(
    probes._sum.failed ?? 0,
  );
  const vcpus = gauge(registry, 'headroom_host_vcpus_used', 'vCPUs of the VMs on a host.', ['host']);
  const memory = gauge(registry, 'headroom_host_memory_used_bytes', 'Memory of the VMs on a host.', ['host']);
  for (const host of free) {
    vcpus.set({ host: host.hostId }, host._sum.vcpus ?? 0);
    memory.set({ host: host.hostId }, (host._sum.memoryMiB ?? 0) * 1024 * 1024);
  }
};

/** What the database says now, and what this process measured, in Prometheus' text format. */
export const renderMetrics = async (db: Database, now: Date): Promise<{ text: string; contentType: string }> => {
  const registry = new Registry();
  await fill(db, registry, now);
  const merged = Registry.merge([registry, processMetrics()]);
  return { text: await merged.metrics(), contentType: merged.contentType };
};
