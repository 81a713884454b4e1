import type { ClusterView } from '@/lib/clustering/types';
import type { Prisma, PrismaClient } from '@/lib/db/generated/client';
import { HypervisorError } from '@/lib/hypervisors/types';
import { fromSpecJson } from '@/lib/usecases/workloads/view';
import { isUnreachable, type StepContext } from './context';

/** What every member of a cluster is to be told, as the database has it now. Nodes that left or failed are no members. */
export const loadClusterView = async (
  db: PrismaClient | Prisma.TransactionClient,
  clusterId: string,
): Promise<ClusterView> => {
  const cluster = await db.cluster.findUniqueOrThrow({
    where: { id: clusterId },
    include: {
      workload: true,
      nodes: { where: { state: { in: ['joining', 'active', 'draining'] } }, include: { vm: true } },
    },
  });
  return {
    clusterId: cluster.id,
    clusterName: cluster.name,
    vip: cluster.vip,
    virtualRouterId: cluster.virtualRouterId,
    workload: fromSpecJson(cluster.workload.spec),
    members: cluster.nodes
      .map((node) => ({
        vmId: node.vmId,
        name: node.vm.name,
        address: node.vm.address,
        weight: node.weight,
        priority: node.priority,
        runsApplication: node.runsApplication,
        draining: node.state === 'draining',
      }))
      .sort((a, b) => (a.vmId < b.vmId ? -1 : 1)),
  };
};

/**
 * Tells every installed member, but for those left out, what the cluster looks like now. A member that cannot be asked
 * is passed over if `tolerant`: it is told when it comes back. Resolves with the names of those that were told.
 */
export const configureMembers = (
  context: StepContext,
  clusterId: string,
  options: { readonly except?: string; readonly tolerant?: boolean } = {},
): Promise<readonly string[]> => context.views.run(clusterId, () => configureNow(context, clusterId, options));

/** Changes what the database says of the cluster's members, and tells them, as one act. */
export const changeMembers = (
  context: StepContext,
  clusterId: string,
  change: () => Promise<unknown>,
  options: { readonly except?: string; readonly tolerant?: boolean } = {},
): Promise<readonly string[]> =>
  context.views.run(clusterId, async () => {
    await change();
    return configureNow(context, clusterId, options);
  });

const configureNow = async (
  context: StepContext,
  clusterId: string,
  options: { readonly except?: string; readonly tolerant?: boolean },
): Promise<readonly string[]> => {
  const { db, clustering } = context;
  const installed = await db.node.findMany({
    where: { clusterId, installedAt: { not: null }, state: { in: ['joining', 'active', 'draining'] } },
    include: { vm: true },
  });
  const view = await loadClusterView(db, clusterId);
  const told = await Promise.all(
    installed
      .filter((node) => node.vmId !== options.except)
      .map(async (node) => {
        try {
          await clustering.ensureConfigured(node.vmId, view);
          return node.vm.name;
        } catch (error) {
          if (await mayPassOver(context, node.vmId, options.tolerant ?? false, error)) return null;
          throw error;
        }
      }),
  );
  return told.filter((name) => name !== null);
};

/** A member whose VM does not run is told nothing in any case: it is to be replaced, not waited for. */
const mayPassOver = async (context: StepContext, vmId: string, tolerant: boolean, error: unknown): Promise<boolean> => {
  if (!isUnreachable(error)) return false;
  if (tolerant) return true;
  if (error instanceof HypervisorError && error.code === 'wrong_state') return true;
  const vm = await context.hypervisor.findVm(vmId);
  return vm === null || (vm.state !== 'running' && vm.state !== 'paused');
};
