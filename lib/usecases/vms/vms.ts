import type { Page, PageQuery, VmView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type UseCaseContext } from '../context';
import { decodeCursor, encodeCursor, toPage } from '../paging';
import { toVmView, VM_INCLUDE } from './view';

export interface VmsFilter {
  /** Id or name of a cluster. */
  readonly cluster?: string;
  /** Name of a host. */
  readonly host?: string;
}

/** Every VM that holds capacity, spares included, by name. */
export const listVms = async (context: UseCaseContext, query: PageQuery & VmsFilter): Promise<Page<VmView>> => {
  authorise(context, 'cluster.read');
  const [name, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 2);
  const rows = await context.db.vm.findMany({
    where: {
      state: { not: 'released' },
      ...(query.host === undefined ? {} : { host: { name: query.host } }),
      AND: [
        query.cluster === undefined
          ? {}
          : { OR: [{ clusterId: query.cluster }, { cluster: { name: query.cluster, state: { not: 'deleted' } } }] },
        name === undefined ? {} : { OR: [{ name: { gt: name } }, { name, id: { gt: id ?? '' } }] },
      ],
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: query.limit + 1,
    include: VM_INCLUDE,
  });
  return toPage(rows, query.limit, toVmView, (vm) => encodeCursor(vm.name, vm.id));
};

/** By id; released VMs too. Throws `not_found`. */
export const getVm = async (context: UseCaseContext, vmId: string): Promise<VmView> => {
  authorise(context, 'cluster.read');
  const row = await context.db.vm.findUnique({ where: { id: vmId }, include: VM_INCLUDE });
  if (row === null) throw new HeadroomError('not_found', `There is no VM ${JSON.stringify(vmId)}.`);
  return toVmView(row);
};
