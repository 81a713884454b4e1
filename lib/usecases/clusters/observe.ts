import { createHash } from 'node:crypto';
import type { Prisma } from '@/lib/db/generated/client';
import type { Inventory } from '@/lib/domain/inventory';
import type { ObservedCluster } from '@/lib/domain/planning';
import type { FailoverMode, Requirements } from '@/lib/domain/requirements';
import type { WorkloadSpec } from '@/lib/domain/workload';
import type { Transaction } from '../context';
import { vmIdOf, volumeIdOf } from '../ids';
import { loadInventory, loadNodes } from '../snapshot';
import { fromSpecJson } from '../workloads/view';
import { type ClusterRow, requirementsInForce } from './view';

/** Receipts that the expected outage of a plan is taken from. */
const RECEIPTS = 20;

/**
 * Names the image that a workload's VMs are made of, by the packages in it. The key of the built image, which depends
 * on the hypervisor too, is found from the workload when a VM is created.
 */
export const imageKeyOf = (workload: WorkloadSpec): string =>
  `packages-${createHash('sha256')
    .update(JSON.stringify([...workload.packages].sort()))
    .digest('hex')
    .slice(0, 12)}`;

/** How a workload fails over unless told otherwise: what has a data volume moves with it. */
export const defaultMode = (workload: WorkloadSpec): FailoverMode => (workload.volume === null ? 'cluster' : 'move');

const pastGaps = async (tx: Transaction, clusterId: string, mode: FailoverMode): Promise<readonly number[]> => {
  const ofMode: Prisma.OperationWhereInput = { clusterId, state: 'done', plan: { path: ['mode'], equals: mode } };
  const receipts = await tx.receipt.findMany({
    where: { operation: ofMode },
    orderBy: { endedAt: 'desc' },
    take: RECEIPTS,
    select: { longestGapMs: true },
  });
  return receipts.map((receipt) => receipt.longestGapMs);
};

/** A cluster that is about to be made: nothing of it is there yet. */
export const observeNewCluster = (input: {
  readonly id: string;
  readonly name: string;
  readonly requirements: Requirements;
  readonly workload: WorkloadSpec;
  readonly inventory: Inventory;
}): ObservedCluster => ({
  id: input.id,
  name: input.name,
  generation: 1,
  requirements: input.requirements,
  nodes: [],
  workload: input.workload,
  imageKey: imageKeyOf(input.workload),
  volumeId: input.workload.volume === null ? null : volumeIdOf(input.id),
  nextOrdinal: 1,
  inventory: input.inventory,
  vmIdFor: (ordinal) => vmIdOf(input.id, ordinal),
});

/** A cluster and all hosts as they are now. A plan made from it holds only under the allocation lock. */
export const observeCluster = async (
  tx: Transaction,
  cluster: ClusterRow,
  mode: FailoverMode,
): Promise<ObservedCluster> => {
  const workload = fromSpecJson(cluster.workload.spec);
  const volume = await tx.volume.findFirst({
    where: { clusterId: cluster.id, destroyedAt: null },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  return {
    id: cluster.id,
    name: cluster.name,
    generation: cluster.generation,
    requirements: requirementsInForce(cluster),
    nodes: await loadNodes(tx, cluster.id),
    workload,
    imageKey: imageKeyOf(workload),
    volumeId: volume?.id ?? null,
    nextOrdinal: cluster.nextOrdinal,
    inventory: await loadInventory(tx),
    pastGapsMs: await pastGaps(tx, cluster.id, mode),
    vmIdFor: (ordinal) => vmIdOf(cluster.id, ordinal),
  };
};
