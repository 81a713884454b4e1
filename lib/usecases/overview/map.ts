import type { Prisma } from '@/lib/db/generated/client';
import type { MapHost, MapVm } from '@/lib/domain/contract';
import { toVerdict } from '@/lib/domain/health';
import type { Shape } from '@/lib/domain/shape';
import { freshOf } from '../clusters/view';
import type { Database } from '../context';
import { ACTIVE } from '../operations/active';

/** More VMs than these are not told apart on a map. */
export const MAP_VMS_MAX = 300;

const HELD: Prisma.VmWhereInput = { state: { not: 'released' } };

/** What one looks for in a large installation: what moves, and what is not well. */
const REMARKABLE: Prisma.VmWhereInput = {
  OR: [
    { cluster: { operations: { some: ACTIVE } } },
    { state: 'failed' },
    { node: { state: 'failed' } },
    { node: { health: { verdict: { in: ['suspect', 'lost'] } } } },
  ],
};

const VM_INCLUDE = {
  cluster: { select: { name: true } },
  node: { include: { health: { select: { verdict: true } } } },
} as const satisfies Prisma.VmInclude;

type VmRow = Prisma.VmGetPayload<{ include: typeof VM_INCLUDE }>;

const stateOf = (vm: VmRow): MapVm['state'] => {
  if (vm.state === 'failed') return 'failed';
  if (vm.state === 'stopped' || vm.state === 'destroying') return 'leaving';
  if (vm.role === 'spare') return vm.state === 'running' ? 'spare' : 'starting';
  return vm.node?.state ?? 'starting';
};

const toMapVm = (vm: VmRow, now: Date): MapVm => {
  const verdict = vm.node?.health?.verdict ?? null;
  return {
    id: vm.id,
    name: vm.name,
    cluster: vm.cluster?.name ?? null,
    role: vm.role,
    state: stateOf(vm),
    verdict: verdict === null ? null : toVerdict(verdict),
    vip: freshOf(vm.node, now)?.holdsVip === true,
    vcpus: vm.vcpus,
    memoryMiB: vm.memoryMiB,
  };
};

export interface HostUse {
  readonly used: Shape;
  readonly vms: number;
  readonly spares: number;
}

const NOTHING: HostUse = { used: { vcpus: 0, memoryMiB: 0, diskGiB: 0 }, vms: 0, spares: 0 };

/** Per host, summed up by the database: a large installation has thousands of VMs. */
const loadUse = async (db: Database): Promise<ReadonlyMap<string, HostUse>> => {
  const rows = await db.$queryRaw<
    { hostId: string; vcpus: number; memoryMiB: number; diskGiB: number; vms: number; spares: number }[]
  >`select "hostId", sum("vcpus")::int as "vcpus", sum("memoryMiB")::int as "memoryMiB", sum("diskGiB")::int as "diskGiB",
      count(*)::int as "vms", (count(*) filter (where "role" = 'spare'))::int as "spares"
    from "Vm" where "state" <> 'released' group by 1`;
  return new Map(rows.map(({ hostId, vms, spares, ...used }) => [hostId, { used, vms, spares }]));
};

/** All hosts by site and name, with the VMs that are shown one by one: all of them, or the remarkable ones. */
export const loadMap = async (db: Database, now: Date): Promise<{ hosts: MapHost[]; spares: number }> => {
  const [hosts, use] = await Promise.all([
    db.host.findMany({ include: { site: true }, orderBy: [{ site: { name: 'asc' } }, { name: 'asc' }] }),
    loadUse(db),
  ]);
  const total = [...use.values()].reduce((sum, { vms }) => sum + vms, 0);
  const rows = await db.vm.findMany({
    where: total <= MAP_VMS_MAX ? HELD : { AND: [HELD, REMARKABLE] },
    include: VM_INCLUDE,
    orderBy: [{ createdAt: 'asc' }, { name: 'asc' }],
    take: MAP_VMS_MAX,
  });
  const spares = [...use.values()].reduce((sum, one) => sum + one.spares, 0);
  return {
    spares,
    hosts: hosts.map((host) => {
      const { used, vms } = use.get(host.id) ?? NOTHING;
      return {
        id: host.id,
        name: host.name,
        site: host.site.name,
        state: host.state,
        capacity: { vcpus: host.vcpus, memoryMiB: host.memoryMiB, diskGiB: host.diskGiB },
        used,
        vmCount: vms,
        vms: rows.filter((vm) => vm.hostId === host.id).map((vm) => toMapVm(vm, now)),
      };
    }),
  };
};
