import type { ClusterView, Page, PageQuery } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';
import { decodeCursor, encodeCursor, toPage } from '../paging';
import { CLUSTER_INCLUDE, toClusterView } from './view';

/** By name; deleted clusters are left out. */
export const listClusters = async (context: UseCaseContext, query: PageQuery): Promise<Page<ClusterView>> => {
  authorise(context, 'cluster.read');
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1);
  const rows = await context.db.cluster.findMany({
    where: { state: { not: 'deleted' }, ...(after === undefined ? {} : { name: { gt: after } }) },
    orderBy: { name: 'asc' },
    take: query.limit + 1,
    include: CLUSTER_INCLUDE,
  });
  const now = context.clock();
  return toPage(
    rows,
    query.limit,
    (row) => toClusterView(row, now),
    (row) => encodeCursor(row.name),
  );
};
