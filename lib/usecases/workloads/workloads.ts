import type { Workload } from '@/lib/db/generated/client';
import type { Page, PageQuery, WorkloadView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { decodeCursor, encodeCursor, toPage } from '../paging';
import { toWorkloadView } from './view';

/** By name. */
export const listWorkloads = async (context: UseCaseContext, query: PageQuery): Promise<Page<WorkloadView>> => {
  authorise(context, 'cluster.read');
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1);
  const rows = await context.db.workload.findMany({
    where: after === undefined ? {} : { name: { gt: after } },
    orderBy: { name: 'asc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toWorkloadView, (w) => encodeCursor(w.name));
};

/** By id or name. Throws `not_found`. */
export const getWorkloadRow = async (db: Database | Transaction, idOrName: string): Promise<Workload> => {
  const row = await db.workload.findFirst({ where: { OR: [{ id: idOrName }, { name: idOrName }] } });
  if (row === null) throw new HeadroomError('not_found', `There is no workload ${JSON.stringify(idOrName)}.`);
  return row;
};

export const getWorkload = async (context: UseCaseContext, idOrName: string): Promise<WorkloadView> => {
  authorise(context, 'cluster.read');
  return toWorkloadView(await getWorkloadRow(context.db, idOrName));
};
