import type { Operation, UsageOpen } from '@/lib/db/generated/client';
import type { Plan } from '@/lib/domain/plan';
import type { Because, Tier, UsageSubject } from '@/lib/domain/usage/types';
import type { Database } from '../context';
import { ACTIVE } from '../operations/active';
import { fromPlanJson } from '../operations/stored';

const SYSTEM: Because = { operationId: null, actor: 'system orchestrator', reason: '' };

export const becauseOf = (operation: Pick<Operation, 'id' | 'kind' | 'requestedBy' | 'reason'>): Because => ({
  operationId: operation.id,
  actor: operation.requestedBy,
  reason: operation.reason === '' ? operation.kind : operation.reason,
});

/** The VM whose work the plan has another one take over; null when it takes over none's. */
const predecessorIn = (plan: Plan, name: string): string | null => {
  const pair = plan.pairing.find(({ to }) => to === name);
  return plan.removes.find((vm) => vm.name === pair?.from)?.vmId ?? null;
};

const findOpen = (db: Database, vmId: string): Promise<UsageOpen | null> =>
  db.usageOpen.findFirst({ where: { resource: 'vm', resourceId: vmId } });

const findActive = (db: Database, clusterId: string | null): Promise<Operation | null> =>
  clusterId === null ? Promise.resolve(null) : db.operation.findFirst({ where: { clusterId, ...ACTIVE } });

export interface DescribedVm {
  readonly subject: UsageSubject;
  readonly because: Because;
  readonly replacesId: string | null;
}

/**
 * What is charged for a VM that runs, and to whom: as a spare, as one that takes over from another VM that still runs,
 * or as one that serves. Null for a VM that the database does not know.
 */
export const describeVm = async (db: Database, vmId: string): Promise<DescribedVm | null> => {
  const vm = await db.vm.findUnique({
    where: { id: vmId },
    include: { cluster: true, host: { include: { site: true } } },
  });
  if (vm === null) return null;
  const isFirst = (await db.usageFact.findFirst({ where: { resourceId: vmId }, select: { seq: true } })) === null;
  const made =
    vm.createdByOperationId === null ? null : await db.operation.findUnique({ where: { id: vm.createdByOperationId } });
  const operation = (isFirst ? made : null) ?? (await findActive(db, vm.clusterId));
  const predecessorId = operation === null ? null : predecessorIn(fromPlanJson(operation.plan), vm.name);
  const replacesId =
    vm.role === 'node' && predecessorId !== null && (await findOpen(db, predecessorId)) !== null ? predecessorId : null;
  const tier: Tier = vm.role === 'spare' ? 'spare' : replacesId === null ? 'service' : 'overlap';
  return {
    subject: {
      name: vm.name,
      tier,
      clusterId: vm.clusterId ?? '',
      clusterName: vm.cluster?.name ?? '',
      costCentre: vm.cluster?.costCentre ?? 'default',
      site: vm.host.site.name,
      host: vm.host.name,
      shape: { vcpus: vm.vcpus, memoryMiB: vm.memoryMiB, diskGiB: vm.diskGiB },
    },
    because: operation === null ? { ...SYSTEM, reason: 'it was started again' } : becauseOf(operation),
    replacesId,
  };
};

/** Why a VM ends now: the operation under way with its cluster, or nobody's wish. */
export const describeEnd = async (db: Database, vmId: string): Promise<Because> => {
  const vm = await db.vm.findUnique({ where: { id: vmId }, select: { clusterId: true } });
  const operation = await findActive(db, vm?.clusterId ?? null);
  return operation === null ? { ...SYSTEM, reason: 'its process ended by itself' } : becauseOf(operation);
};
