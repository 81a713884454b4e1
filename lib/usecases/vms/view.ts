import type { Prisma } from '@/lib/db/generated/client';
import type { VmView } from '@/lib/domain/contract';

export const VM_INCLUDE = {
  host: { include: { site: true } },
  cluster: { select: { id: true, name: true } },
} as const satisfies Prisma.VmInclude;

export type VmRow = Prisma.VmGetPayload<{ include: typeof VM_INCLUDE }>;

export const toVmView = (vm: VmRow): VmView => ({
  id: vm.id,
  name: vm.name,
  cluster: vm.cluster,
  host: vm.host.name,
  site: vm.host.site.name,
  role: vm.role,
  state: vm.state,
  shape: { vcpus: vm.vcpus, memoryMiB: vm.memoryMiB, diskGiB: vm.diskGiB },
  address: vm.address,
  mac: vm.mac,
  accelerator: vm.accelerator,
  startedFrom: vm.startedFrom,
  bootRetries: vm.bootRetries,
  startedAt: vm.startedAt?.toISOString() ?? null,
  createdAt: vm.createdAt.toISOString(),
});
