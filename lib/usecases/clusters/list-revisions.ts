import type { Page, PageQuery, RevisionView } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';
import { cursorNumber, decodeCursor, encodeCursor, toPage } from '../paging';
import { getClusterRow } from './get-cluster';
import { toRevisionView } from './view';

/** Every revision of a cluster's requirements, newest first. */
export const listRevisions = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  query: PageQuery,
): Promise<Page<RevisionView>> => {
  authorise(context, 'cluster.read');
  const cluster = await getClusterRow(context.db, clusterIdOrName, { deleted: true });
  const before = query.cursor === undefined ? undefined : Number(cursorNumber(decodeCursor(query.cursor, 1)[0]));
  const rows = await context.db.requirementsRevision.findMany({
    where: { clusterId: cluster.id, ...(before === undefined ? {} : { generation: { lt: before } }) },
    orderBy: { generation: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toRevisionView, (r) => encodeCursor(String(r.generation)));
};
