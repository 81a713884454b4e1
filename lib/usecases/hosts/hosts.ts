import type { HostsQuery, HostView, Page } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import type { Shape } from '@/lib/domain/shape';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { decodeCursor, encodeCursor, toPage } from '../paging';
import { HOST_INCLUDE, type HostRow, toHostSummary, toHostView } from './view';

type Hosts = Pick<HostsQuery, 'limit' | 'cursor'> & Partial<Pick<HostsQuery, 'vms'>>;

const pageOf = ({ limit, cursor }: Hosts) => {
  const [after] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  return {
    where: after === undefined ? {} : { name: { gt: after } },
    orderBy: { name: 'asc' },
    take: limit + 1,
  } as const;
};

const NOTHING: Shape = { vcpus: 0, memoryMiB: 0, diskGiB: 0 };

/** What VMs hold of each host, and how many there are, by the host's id. */
const loadUse = async (db: Database, hostIds: readonly string[]) => {
  const groups = await db.vm.groupBy({
    by: ['hostId'],
    where: { hostId: { in: [...hostIds] }, state: { not: 'released' } },
    _count: true,
    _sum: { vcpus: true, memoryMiB: true, diskGiB: true },
  });
  return new Map(
    groups.map(
      ({ hostId, _count, _sum: { vcpus, memoryMiB, diskGiB } }) =>
        [
          hostId,
          { count: _count, used: { vcpus: vcpus ?? 0, memoryMiB: memoryMiB ?? 0, diskGiB: diskGiB ?? 0 } },
        ] as const,
    ),
  );
};

/** By name, each with the VMs on it, or only with how many they are. */
export const listHosts = async (context: UseCaseContext, query: Hosts): Promise<Page<HostView>> => {
  authorise(context, 'cluster.read');
  const { db } = context;
  const byName = ({ name }: { readonly name: string }): string => encodeCursor(name);
  if (query.vms !== false) {
    const rows = await db.host.findMany({ ...pageOf(query), include: HOST_INCLUDE });
    return toPage(rows, query.limit, toHostView, byName);
  }
  const rows = await db.host.findMany({ ...pageOf(query), include: { site: true } });
  const use = await loadUse(
    db,
    rows.map(({ id }) => id),
  );
  const toView = (row: (typeof rows)[number]): HostView => {
    const held = use.get(row.id);
    return toHostSummary(row, held?.used ?? NOTHING, held?.count ?? 0);
  };
  return toPage(rows, query.limit, toView, byName);
};

/** By id or name. Throws `not_found`. */
export const getHostRow = async (db: Database | Transaction, idOrName: string): Promise<HostRow> => {
  const row = await db.host.findFirst({
    where: { OR: [{ id: idOrName }, { name: idOrName }] },
    include: HOST_INCLUDE,
  });
  if (row === null) throw new HeadroomError('not_found', `There is no host ${JSON.stringify(idOrName)}.`);
  return row;
};

export const getHost = async (context: UseCaseContext, idOrName: string): Promise<HostView> => {
  authorise(context, 'cluster.read');
  return toHostView(await getHostRow(context.db, idOrName));
};
