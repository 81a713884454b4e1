import type { ClusterView } from '@/lib/clustering/types';
import type { Prisma, PrismaClient } from '@/lib/db/generated/client';
import { HypervisorError } from '@/lib/hypervisors/types';
import { fromSpecJson } from '@/lib/usecases/workloads/view';
import { isUnreachable, type StepContext } from './context';
import type { Told } from './member-views';

/** What every member of a cluster is to be told, as the database has it now. Nodes that left or failed are no members. */
export const loadClusterView = async (
  db: PrismaClient | Prisma.TransactionClient,
  clusterId: string,
): Promise<ClusterView> => {
  const cluster = await db.cluster.findUniqueOrThrow({
    where: { id: clusterId },
    include: {
      workload: true,
      nodes: {
        where: { state: { in: ['joining', 'active', 'draining'] } },
        include: { vm: true },
        orderBy: [{ joinedAt: 'asc' }, { vmId: 'asc' }],
      },
    },
  });
  return {
    clusterId: cluster.id,
    clusterName: cluster.name,
    vip: cluster.vip,
    virtualRouterId: cluster.virtualRouterId,
    workload: fromSpecJson(cluster.workload.spec),
    members: cluster.nodes.map((node) => ({
      vmId: node.vmId,
      name: node.vm.name,
      address: node.vm.address,
      weight: node.weight,
      priority: node.priority,
      runsApplication: node.runsApplication,
      draining: node.state === 'draining',
    })),
  };
};

interface TellOptions {
  /** Members that cannot be told now are passed over: they are told when they can be. */
  readonly tolerant?: boolean;
}

/**
 * Tells every installed member what the cluster looks like now, all at once. A member whose VM does not run is passed
 * over in any case: it is to be replaced, not waited for. Resolves with the names of those that know.
 */
export const configureMembers = async (
  context: StepContext,
  clusterId: string,
  { tolerant = false }: TellOptions = {},
): Promise<readonly string[]> => {
  const told = await context.views.round(clusterId, () => tellMembers(context, clusterId));
  for (const { vmId, error } of told)
    if (error !== null && !(await mayPassOver(context, vmId, tolerant, error))) throw error;
  return told.filter(({ error }) => error === null).map(({ name }) => name);
};

/** Changes what the database says of the cluster's members, and tells them. */
export const changeMembers = async (
  context: StepContext,
  clusterId: string,
  change: () => Promise<unknown>,
  options: TellOptions = {},
): Promise<readonly string[]> => {
  await change();
  return configureMembers(context, clusterId, options);
};

const tellMembers = async ({ db, clustering, views }: StepContext, clusterId: string): Promise<readonly Told[]> => {
  const installed = await db.node.findMany({
    where: { clusterId, installedAt: { not: null }, state: { in: ['joining', 'active', 'draining'] } },
    orderBy: { joinedAt: 'asc' },
    include: { vm: true },
  });
  const view = await loadClusterView(db, clusterId);
  const text = JSON.stringify(view);
  return Promise.all(
    installed.map(async ({ vmId, vm: { name } }): Promise<Told> => {
      if (views.knows(vmId, text)) return { vmId, name, error: null };
      try {
        await clustering.ensureConfigured(vmId, view);
        views.note(vmId, text);
        return { vmId, name, error: null };
      } catch (error) {
        views.forget([vmId]);
        return { vmId, name, error };
      }
    }),
  );
};

const mayPassOver = async (context: StepContext, vmId: string, tolerant: boolean, error: unknown): Promise<boolean> => {
  if (!(error instanceof HypervisorError)) return false;
  if (tolerant) return true;
  if (!isUnreachable(error)) return false;
  if (error.code === 'wrong_state') return true;
  const vm = await context.hypervisor.findVm(vmId);
  return vm === null || (vm.state !== 'running' && vm.state !== 'paused');
};
