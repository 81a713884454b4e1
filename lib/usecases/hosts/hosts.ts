import type { HostView, Page, PageQuery } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { decodeCursor, encodeCursor, toPage } from '../paging';
import { HOST_INCLUDE, type HostRow, toHostView } from './view';

/** By name, each with the VMs on it. */
export const listHosts = async (context: UseCaseContext, query: PageQuery): Promise<Page<HostView>> => {
  authorise(context, 'cluster.read');
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1);
  const rows = await context.db.host.findMany({
    where: after === undefined ? {} : { name: { gt: after } },
    orderBy: { name: 'asc' },
    take: query.limit + 1,
    include: HOST_INCLUDE,
  });
  return toPage(rows, query.limit, toHostView, (h) => encodeCursor(h.name));
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
