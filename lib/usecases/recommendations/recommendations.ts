import type { Page, RecommendationsQuery, RecommendationView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { afterNewest, encodeCursor, toPage } from '../paging';
import { RECOMMENDATION_INCLUDE, type RecommendationRow, toRecommendationView } from './view';

/** Newest first; in a state, of a cluster (id or name). */
export const listRecommendations = async (
  context: UseCaseContext,
  query: RecommendationsQuery,
): Promise<Page<RecommendationView>> => {
  authorise(context, 'cluster.read');
  const rows = await context.db.recommendation.findMany({
    where: {
      AND: [
        query.state === undefined ? {} : { state: query.state },
        query.cluster === undefined ? {} : { OR: [{ clusterId: query.cluster }, { cluster: { name: query.cluster } }] },
        afterNewest('createdAt', query.cursor),
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: query.limit + 1,
    include: RECOMMENDATION_INCLUDE,
  });
  return toPage(
    rows,
    query.limit,
    (row) => toRecommendationView(row, context.actor.role),
    (row) => encodeCursor(row.createdAt.toISOString(), row.id),
  );
};

/** Throws `not_found`. */
export const getRecommendationRow = async (db: Database | Transaction, id: string): Promise<RecommendationRow> => {
  const row = await db.recommendation.findUnique({ where: { id }, include: RECOMMENDATION_INCLUDE });
  if (row === null) throw new HeadroomError('not_found', `There is no recommendation ${JSON.stringify(id)}.`);
  return row;
};

export const getRecommendation = async (context: UseCaseContext, id: string): Promise<RecommendationView> => {
  authorise(context, 'cluster.read');
  return toRecommendationView(await getRecommendationRow(context.db, id), context.actor.role);
};
