import type { Node, Vm } from '@/lib/db/generated/client';
import { notifyMetrics } from '@/lib/events/notify';
import type { VmStatistics } from '@/lib/hypervisors/types';
import type { NodeTrafficMetrics } from '@/lib/traffic/types';
import { forEachBounded, type OrchestratorContext, within } from '../context';
import { countServed, insertSamples, removeSamplesBefore, type Sample } from '../samples';
import type { Task } from '../task';

const SAMPLE_EVERY_MS = 2_000;
const CALL_DEADLINE_MS = 3_000;
const VMS_AT_ONCE = 16;
/** A rate stands for no longer than this: after a longer pause nobody knows what was served. */
const ELAPSED_MS_MAX = 10_000;
/** Samples are kept this long, and removed in turns. */
const KEEP_MS = 14 * 86_400_000;
const REMOVE_EVERY_MS = 600_000;

interface Measured {
  readonly clusterId: string;
  readonly vm: Vm;
  /** 0–1 of the VM's vCPUs since the last sample; null in the first one. */
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly traffic: NodeTrafficMetrics | null;
}

/** Share of the VM's processors that was used between two readings; null when they do not belong together. */
export const cpuShare = (before: VmStatistics | undefined, after: VmStatistics): number | null => {
  if (before === undefined || before.vcpuTimesMs.length !== after.vcpuTimesMs.length) return null;
  const elapsedMs = after.at.getTime() - before.at.getTime();
  const sum = (times: readonly number[]): number => times.reduce((total, time) => total + time, 0);
  const usedMs = sum(after.vcpuTimesMs) - sum(before.vcpuTimesMs);
  // A counter that ran backwards belongs to a VM that was started anew.
  if (elapsedMs <= 0 || usedMs < 0) return null;
  return Math.min(1, usedMs / (elapsedMs * after.vcpuTimesMs.length));
};

/** Measures every running VM from outside and what its proxy served; a figure that is not known is null. */
export const metricsSampler = (context: OrchestratorContext): Task => {
  const previous = new Map<string, VmStatistics>();
  let removedAtMs = 0;
  let sampledAtMs: number | null = null;

  const measure = async (node: Node & { readonly vm: Vm }): Promise<Measured> => {
    const [statistics, traffic] = await Promise.all([
      attempt(context, context.hypervisor.statistics(node.vmId)),
      attempt(context, context.traffic.nodeMetrics(node.vm.address)),
    ]);
    const cpu = statistics === null ? null : cpuShare(previous.get(node.vmId), statistics);
    if (statistics !== null) previous.set(node.vmId, statistics);
    const used = statistics?.memoryUsedMiB ?? null;
    const memory = used === null || statistics === null ? null : used / statistics.memoryTotalMiB;
    return { clusterId: node.clusterId, vm: node.vm, cpu, memory, traffic };
  };

  return {
    name: 'metrics-sampler',
    periodMs: SAMPLE_EVERY_MS,
    deadlineMs: 20_000,
    run: async () => {
      const at = context.clock.now();
      const nodes = await context.db.node.findMany({
        where: { state: { in: ['joining', 'active', 'draining'] }, vm: { state: 'running' } },
        include: { vm: true },
      });
      const measured: Measured[] = [];
      await forEachBounded(nodes, VMS_AT_ONCE, async (node) => {
        measured.push(await measure(node));
      });
      for (const vmId of previous.keys()) if (!nodes.some((node) => node.vmId === vmId)) previous.delete(vmId);
      const clusterIds = [...new Set(nodes.map((node) => node.clusterId))];
      const clusters = await Promise.all(
        clusterIds.map(async (clusterId) => {
          const traffic = await attempt(context, context.traffic.clusterMetrics(clusterId));
          return sumUp(
            clusterId,
            at,
            measured.filter((m) => m.clusterId === clusterId),
            traffic,
          );
        }),
      );
      const samples = [...measured.map((m) => toSample(m, at)), ...clusters];
      if (samples.length > 0) {
        await insertSamples(context.pool, samples);
        const elapsedMs = sampledAtMs === null ? SAMPLE_EVERY_MS : at.getTime() - sampledAtMs;
        await countServed(context.pool, clusters, at, Math.min(elapsedMs, ELAPSED_MS_MAX));
        await notifyMetrics(context.db, clusterIds);
      }
      sampledAtMs = at.getTime();
      if (at.getTime() - removedAtMs < REMOVE_EVERY_MS) return;
      removedAtMs = at.getTime();
      await removeSamplesBefore(context.pool, new Date(at.getTime() - KEEP_MS));
    },
  };
};

const attempt = async <T>(context: OrchestratorContext, asked: Promise<T>): Promise<T | null> => {
  try {
    return await within(context, CALL_DEADLINE_MS, 'a figure', asked);
  } catch {
    return null;
  }
};

const NO_TRAFFIC = {
  requestsPerSecond: null,
  errorsPerSecond: null,
  latencyP50Ms: null,
  latencyP99Ms: null,
  connections: null,
};

const trafficOf = (traffic: NodeTrafficMetrics | null): typeof NO_TRAFFIC | Omit<NodeTrafficMetrics, 'at'> => {
  if (traffic === null) return NO_TRAFFIC;
  const { at: _, ...figures } = traffic;
  return figures;
};

const toSample = (m: Measured, at: Date): Sample => ({
  clusterId: m.clusterId,
  vmId: m.vm.id,
  at,
  cpu: m.cpu,
  memory: m.memory,
  ...trafficOf(m.traffic),
});

/** The cluster's share is that of all its processors and memory together, of the nodes that are known. */
const sumUp = (clusterId: string, at: Date, nodes: readonly Measured[], traffic: NodeTrafficMetrics | null): Sample => {
  const share = (of: (m: Measured) => number | null, size: (m: Measured) => number): number | null => {
    const known = nodes.filter((m) => of(m) !== null);
    const total = known.reduce((sum, m) => sum + size(m), 0);
    return total === 0 ? null : known.reduce((sum, m) => sum + (of(m) ?? 0) * size(m), 0) / total;
  };
  return {
    clusterId,
    vmId: '',
    at,
    cpu: share(
      (m) => m.cpu,
      (m) => m.vm.vcpus,
    ),
    memory: share(
      (m) => m.memory,
      (m) => m.vm.memoryMiB,
    ),
    ...trafficOf(traffic),
  };
};
