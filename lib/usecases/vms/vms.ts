import type { Prisma } from '@/lib/db/generated/client';
import type { Page, VmsQuery, VmView } from '@/lib/domain/contract';
import { VM_ROLES, VM_STATES } from '@/lib/domain/inventory';
import { authorise, type UseCaseContext } from '../context';
import { keyset, sortColumn, sortEnum } from '../keyset';
import { toPage } from '../paging';
import { getVmRow } from './get-vm-row';
import { toVmView, VM_INCLUDE, type VmRow } from './view';

const SORTS = {
  name: sortColumn<VmRow>(['name'], (vm) => vm.name),
  state: sortEnum<VmRow>('state', VM_STATES, (vm) => vm.state),
  role: sortEnum<VmRow>('role', VM_ROLES, (vm) => vm.role),
  cluster: sortColumn<VmRow>(['cluster', 'name'], (vm) => vm.cluster?.name ?? null, { isNullable: true }),
  host: sortColumn<VmRow>(['host', 'name'], (vm) => vm.host.name),
  vcpus: sortColumn<VmRow>(['vcpus'], (vm) => vm.vcpus),
  memory: sortColumn<VmRow>(['memoryMiB'], (vm) => vm.memoryMiB),
  started: sortColumn<VmRow>(['startedAt'], (vm) => vm.startedAt?.toISOString() ?? null, { isNullable: true }),
} as const;

/** Part of what is written in a row. */
const matching = (q: string): Prisma.VmWhereInput => {
  const contains = { contains: q, mode: 'insensitive' } as const;
  return {
    OR: [{ name: contains }, { address: contains }, { host: { name: contains } }, { cluster: { name: contains } }],
  };
};

const wanted = ({ q, cluster, host, site, role, state }: Partial<VmsQuery>): Prisma.VmWhereInput => ({
  state: state ?? { not: 'released' },
  ...(role === undefined ? {} : { role }),
  AND: [
    host === undefined ? {} : { host: { name: host } },
    site === undefined ? {} : { host: { site: { name: site } } },
    cluster === undefined
      ? {}
      : { OR: [{ clusterId: cluster }, { cluster: { name: cluster, state: { not: 'deleted' } } }] },
    q === undefined || q === '' ? {} : matching(q),
  ],
});

/** VMs that hold capacity, spares included; by name unless asked otherwise. The first page says how many there are. */
export const listVms = async (
  context: UseCaseContext,
  { limit, cursor, sort = 'name', ...filter }: Partial<VmsQuery> & { readonly limit: number },
): Promise<Page<VmView>> => {
  authorise(context, 'cluster.read');
  const { where, orderBy, cursorOf } = keyset(SORTS, sort, cursor);
  const asked = wanted(filter);
  const [rows, total] = await Promise.all([
    context.db.vm.findMany({
      where: { AND: [asked, where] },
      orderBy,
      take: limit + 1,
      include: VM_INCLUDE,
    }),
    cursor === undefined ? context.db.vm.count({ where: asked }) : undefined,
  ]);
  return { ...toPage(rows, limit, toVmView, cursorOf), ...(total === undefined ? {} : { total }) };
};

/** By id, also of one that is released, or by name. Throws `not_found`. */
export const getVm = async (context: UseCaseContext, idOrName: string): Promise<VmView> => {
  authorise(context, 'cluster.read');
  return toVmView(await getVmRow(context.db, idOrName));
};
