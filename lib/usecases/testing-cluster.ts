import type { ClusterAccepted, CreateClusterInput } from '@/lib/domain/contract';
import { createCluster } from './clusters/create-cluster';
import type { Database } from './context';
import { fromPlanJson } from './operations/stored';
import { contextOf } from './testing';

export const createInput = (change: Partial<CreateClusterInput> = {}): CreateClusterInput => ({
  name: 'shop',
  workload: 'web',
  requirements: { nodes: 2, shape: { vcpus: 1, memoryMiB: 256 }, spread: 'host', spares: 0 },
  dryRun: false,
  ...change,
});

/** Creates a cluster and returns what was accepted; throws if it was a dry run. */
export const acceptCluster = async (
  db: Database,
  change: Partial<CreateClusterInput> = {},
): Promise<ClusterAccepted> => {
  const answer = await createCluster(contextOf(db), createInput(change));
  if ('plan' in answer) throw new Error('not accepted');
  return answer;
};

/** Brings an operation's plan about in the database, as the orchestrator would leave it. */
export const executePlan = async (db: Database, operationId: string): Promise<void> => {
  const operation = await db.operation.findUniqueOrThrow({ where: { id: operationId } });
  const plan = fromPlanJson(operation.plan);
  const now = new Date();
  for (const vm of plan.creates) {
    const n = await db.vm.count();
    await db.vm.create({
      data: {
        id: vm.vmId,
        name: vm.name,
        clusterId: plan.clusterId,
        hostId: vm.hostId,
        role: vm.role,
        state: 'running',
        ...vm.shape,
        imageKey: 'image',
        address: `10.77.0.${n + 1}`,
        mac: `52:54:00:00:00:${(n + 16).toString(16)}`,
        accelerator: 'simulated',
        startedAt: now,
        ...(vm.role === 'spare'
          ? {}
          : {
              node: {
                create: { clusterId: plan.clusterId, state: 'active', healthy: true, holdsVip: false, observedAt: now },
              },
            }),
      },
    });
  }
  for (const vm of plan.removes) {
    await db.node.updateMany({ where: { vmId: vm.vmId }, data: { state: 'left', leftAt: now } });
    await db.vm.update({ where: { id: vm.vmId }, data: { state: 'released', releasedAt: now } });
  }
  await db.operation.update({ where: { id: operationId }, data: { state: 'done', endedAt: now } });
  const state = plan.kind === 'delete' ? 'deleted' : 'running';
  await db.cluster.update({ where: { id: plan.clusterId }, data: { state } });
};

/** A running cluster. */
export const runningCluster = async (
  db: Database,
  change: Partial<CreateClusterInput> = {},
): Promise<ClusterAccepted['cluster']> => {
  const { cluster, operation } = await acceptCluster(db, change);
  await executePlan(db, operation.id);
  return cluster;
};
