import type { Prisma, Vm } from '@/lib/db/generated/client';
import { holdsCapacity, type Inventory, type NodeSnapshot, type VmSnapshot } from '@/lib/domain/inventory';
import type { Plan, PlannedVm } from '@/lib/domain/plan';
import type { Database, Transaction } from './context';
import { fromPlanJson } from './operations/stored';

const toVmSnapshot = (vm: Vm): VmSnapshot => ({
  id: vm.id,
  name: vm.name,
  clusterId: vm.clusterId,
  hostId: vm.hostId,
  role: vm.role,
  state: vm.state,
  shape: { vcpus: vm.vcpus, memoryMiB: vm.memoryMiB, diskGiB: vm.diskGiB },
  imageKey: vm.imageKey,
});

/** A VM that a plan will make holds its capacity from the moment the plan is accepted. */
const toReserved = (clusterId: string, vm: PlannedVm): VmSnapshot => ({
  id: vm.vmId,
  name: vm.name,
  clusterId,
  hostId: vm.hostId,
  role: vm.role,
  state: 'reserved',
  shape: vm.shape,
  imageKey: '',
});

/** The inventory with what these plans will take besides. */
export const withPlanned = (inventory: Inventory, plans: readonly Plan[]): Inventory => {
  const known = new Set(inventory.vms.map((vm) => vm.id));
  const reserved = plans.flatMap((plan) =>
    plan.creates.filter((vm) => !known.has(vm.vmId)).map((vm) => toReserved(plan.clusterId, vm)),
  );
  return { ...inventory, vms: [...inventory.vms, ...reserved] };
};

/**
 * All hosts and everything that holds capacity on them, including the VMs of accepted plans that do not exist yet. A
 * decision on it holds only under the allocation lock.
 */
export const loadInventory = async (db: Database | Transaction): Promise<Inventory> => {
  const hosts = await db.host.findMany({ include: { site: true }, orderBy: { name: 'asc' } });
  const vms = await db.vm.findMany({ orderBy: { name: 'asc' }, where: { state: { not: 'released' } } });
  const active = await db.operation.findMany({
    where: { state: { in: ['pending', 'running'] } },
    select: { plan: true, clusterId: true },
  });
  const plans = active.map((operation) => fromPlanJson(operation.plan));
  const gone = await releasedIds(db, plans);
  return withPlanned(
    {
      hosts: hosts.map((host) => ({
        id: host.id,
        name: host.name,
        siteId: host.siteId,
        siteName: host.site.name,
        state: host.state,
        emulated: host.accelerator === 'tcg',
        capacity: { vcpus: host.vcpus, memoryMiB: host.memoryMiB, diskGiB: host.diskGiB },
      })),
      vms: vms.filter((vm) => holdsCapacity(vm.state)).map(toVmSnapshot),
    },
    plans.map((plan) => ({ ...plan, creates: plan.creates.filter((vm) => !gone.has(vm.vmId)) })),
  );
};

/** VMs that a plan made and that are released again: they hold nothing, whatever the plan says. */
const releasedIds = async (db: Database | Transaction, plans: readonly Plan[]): Promise<ReadonlySet<string>> => {
  const ids = plans.flatMap((plan) => plan.creates.map((vm) => vm.vmId));
  if (ids.length === 0) return new Set();
  const rows = await db.vm.findMany({ where: { id: { in: ids }, state: 'released' }, select: { id: true } });
  return new Set(rows.map((row) => row.id));
};

/** The members of a cluster as they were last read. A node that never answered is not healthy. */
export const loadNodes = async (db: Database | Transaction, clusterId: string): Promise<readonly NodeSnapshot[]> => {
  const where: Prisma.NodeWhereInput = { clusterId, state: { not: 'left' }, vm: { state: { not: 'released' } } };
  const nodes = await db.node.findMany({ where, orderBy: { joinedAt: 'asc' } });
  return nodes.map((node) => ({
    vmId: node.vmId,
    state: node.state,
    healthy: node.healthy ?? false,
    runsApplication: node.runsApplication,
    holdsVip: node.holdsVip ?? false,
  }));
};
