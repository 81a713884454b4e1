import type { Cluster, Node, Vm } from '@/lib/db/generated/client';
import { isHeadroomError } from '@/lib/domain/errors';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { replaceNode } from '@/lib/usecases/clusters/replace-node';
import { asSystem, type OrchestratorContext } from '../context';
import { restartCluster } from '../restart-cluster';
import type { Task } from '../task';

/** Replacements that one cluster gets by itself in an hour; beyond that something is wrong that more VMs do not mend. */
export const REPLACEMENTS_PER_HOUR = 6;
/** Times that a cluster of which nothing runs is started again by itself in an hour. */
const RESTARTS_PER_HOUR = 6;
const HOUR_MS = 3_600_000;

type Watched = Cluster & {
  readonly nodes: readonly (Node & { readonly vm: Vm })[];
  readonly revisions: readonly { readonly nodes: number }[];
};

/**
 * Compares every cluster that has no operation under way with what it should be: says whether it is whole, has failed
 * nodes replaced, and brings back one that lies down altogether.
 */
export const clusterReconciler = (context: OrchestratorContext): Task => {
  const restarts = new Restarts(context);
  return {
    name: 'cluster-reconciler',
    periodMs: 2_000,
    deadlineMs: 300_000,
    run: async (signal) => {
      const clusters = await context.db.cluster.findMany({
        where: {
          state: { in: ['running', 'degraded'] },
          operations: { none: { state: { in: ['pending', 'running', 'undoing'] } } },
        },
        include: {
          nodes: { where: { state: { not: 'left' }, vm: { state: { not: 'released' } } }, include: { vm: true } },
          revisions: { orderBy: { generation: 'desc' }, take: 1 },
        },
      });
      for (const cluster of clusters) {
        if (signal.aborted) return;
        await reconcile(context, restarts, cluster).catch((error: unknown) =>
          context.say('cluster not reconciled', { cluster: cluster.name, error: String(error) }),
        );
      }
    },
  };
};

/** Remembers when each cluster was brought back, so that one that does not stay up is not started without end. */
class Restarts {
  readonly #context: OrchestratorContext;
  readonly #times = new Map<string, number[]>();

  constructor(context: OrchestratorContext) {
    this.#context = context;
  }

  /** Whether the cluster may be brought back now; it counts as done. */
  take(clusterId: string): boolean {
    const nowMs = this.#context.clock.now().getTime();
    const recent = (this.#times.get(clusterId) ?? []).filter((atMs) => atMs > nowMs - HOUR_MS);
    if (recent.length >= RESTARTS_PER_HOUR) return false;
    this.#times.set(clusterId, [...recent, nowMs]);
    return true;
  }
}

/** Whether a VM of these can be started again: it is there, and on a host that answers. */
const canRestart = async (context: OrchestratorContext, nodes: readonly Node[]): Promise<boolean> => {
  const facts = await Promise.all(nodes.map((node) => context.hypervisor.findVm(node.vmId)));
  return facts.some((vm) => vm !== null && vm.state !== 'unknown');
};

const reconcile = async (context: OrchestratorContext, restarts: Restarts, cluster: Watched): Promise<void> => {
  const failed = cluster.nodes.filter((node) => node.state === 'failed');
  const wanted = cluster.revisions[0]?.nodes ?? cluster.nodes.length;
  const working = cluster.nodes.filter((node) => node.state === 'active' && node.healthy === true);
  await setState(context, cluster, working.length >= wanted && failed.length === 0 ? 'running' : 'degraded');
  const isDown = failed.length > 0 && failed.length === cluster.nodes.length;
  if (isDown && (await canRestart(context, failed))) {
    if (restarts.take(cluster.id)) await restartCluster(context, cluster.id);
    return;
  }
  const [first] = failed;
  if (first !== undefined) await replace(context, cluster, first.vm.name);
};

const setState = async (
  context: OrchestratorContext,
  cluster: Cluster,
  state: 'running' | 'degraded',
): Promise<void> => {
  if (cluster.state === state) return;
  const { count } = await context.db.cluster.updateMany({
    where: { id: cluster.id, state: cluster.state },
    data: { state },
  });
  if (count === 0) return;
  await context.db.$transaction((tx) =>
    appendEvents(tx, [{ kind: 'cluster', clusterId: cluster.id, payload: { state } }]),
  );
  await notifyEvents(context.db);
};

const replace = async (context: OrchestratorContext, cluster: Watched, nodeName: string): Promise<void> => {
  const since = new Date(context.clock.now().getTime() - HOUR_MS);
  const recent = await context.db.operation.count({
    where: { clusterId: cluster.id, kind: 'replace', createdAt: { gte: since } },
  });
  if (recent >= REPLACEMENTS_PER_HOUR) return;
  try {
    const reason = `${nodeName} failed: its virtual machine does not run.`;
    const { operation } = await replaceNode(asSystem(context, 'cluster-reconciler'), cluster.id, nodeName, reason);
    context.say('replacing a failed node', { cluster: cluster.name, node: nodeName, operationId: operation.id });
  } catch (error) {
    // Full hosts, or an operation that was accepted meanwhile: the next run looks again.
    if (!isHeadroomError(error)) throw error;
    context.say('failed node not replaced', { cluster: cluster.name, node: nodeName, error: error.message });
  }
};
