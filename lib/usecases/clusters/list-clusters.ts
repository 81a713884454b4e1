import type { Prisma } from '@/lib/db/generated/client';
import { CLUSTER_STATES, type ClustersQuery, type ClusterView, type Page } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';
import { keyset, sortColumn, sortEnum } from '../keyset';
import { toPage } from '../paging';
import { CLUSTER_INCLUDE, type ClusterRow, toClusterView } from './view';

const SORTS = {
  name: sortColumn<ClusterRow>(['name'], (row) => row.name),
  state: sortEnum<ClusterRow>('state', CLUSTER_STATES, (row) => row.state),
  workload: sortColumn<ClusterRow>(['workload', 'name'], (row) => row.workload.name),
  created: sortColumn<ClusterRow>(['createdAt'], (row) => row.createdAt.toISOString()),
} as const;

const wanted = ({ q, state, workload }: Partial<ClustersQuery>): Prisma.ClusterWhereInput => {
  const contains = { contains: q ?? '', mode: 'insensitive' } as const;
  return {
    state: state ?? { not: 'deleted' },
    ...(workload === undefined ? {} : { workload: { name: workload } }),
    ...(q === undefined || q === ''
      ? {}
      : { OR: [{ name: contains }, { vip: contains }, { workload: { name: contains } }] }),
  };
};

/** Without deleted ones; by name unless asked otherwise. The first page says how many there are. */
export const listClusters = async (
  context: UseCaseContext,
  { limit, cursor, sort = 'name', ...filter }: Partial<ClustersQuery> & { readonly limit: number },
): Promise<Page<ClusterView>> => {
  authorise(context, 'cluster.read');
  const { where, orderBy, cursorOf } = keyset(SORTS, sort, cursor);
  const asked = wanted(filter);
  const [rows, total] = await Promise.all([
    context.db.cluster.findMany({
      where: { AND: [asked, where] },
      orderBy,
      take: limit + 1,
      include: CLUSTER_INCLUDE,
    }),
    cursor === undefined ? context.db.cluster.count({ where: asked }) : undefined,
  ]);
  const now = context.clock();
  return {
    ...toPage(rows, limit, (row) => toClusterView(row, now), cursorOf),
    ...(total === undefined ? {} : { total }),
  };
};
