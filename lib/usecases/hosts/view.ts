import type { Prisma } from '@/lib/db/generated/client';
import type { HostView } from '@/lib/domain/contract';
import { type Shape, subtractShapes, sumShapes } from '@/lib/domain/shape';
import { toVmView, VM_INCLUDE } from '../vms/view';

export const HOST_INCLUDE = {
  site: true,
  vms: { where: { state: { not: 'released' } }, orderBy: { name: 'asc' }, include: VM_INCLUDE },
} as const satisfies Prisma.HostInclude;

export type HostRow = Prisma.HostGetPayload<{ include: typeof HOST_INCLUDE }>;

type HostFacts = Omit<HostRow, 'vms'>;

const viewOf = (host: HostFacts, used: Shape, vmCount: number, vms: HostView['vms']): HostView => {
  const capacity = { vcpus: host.vcpus, memoryMiB: host.memoryMiB, diskGiB: host.diskGiB };
  return {
    id: host.id,
    name: host.name,
    site: host.site.name,
    state: host.state,
    hypervisor: host.hypervisor,
    accelerator: host.accelerator,
    capacity,
    used,
    free: subtractShapes(capacity, used),
    vmCount,
    vms,
    seenAt: host.seenAt?.toISOString() ?? null,
    maintenanceSince: host.maintenanceSince?.toISOString() ?? null,
    labels: host.labels,
    siteLabels: host.site.labels,
  };
};

export const toHostView = (host: HostRow): HostView => {
  const vms = host.vms.map(toVmView);
  return viewOf(host, sumShapes(vms.map((vm) => vm.shape)), vms.length, vms);
};

/** A host without its VMs, of which only the sum is known. */
export const toHostSummary = (host: HostFacts, used: Shape, vmCount: number): HostView =>
  viewOf(host, used, vmCount, []);
