import type { ClusterView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { CLUSTER_INCLUDE, type ClusterRow, toClusterView } from './view';

/**
 * By id, or by the name of one that is not deleted: people type names. An id wins over a name. Null when there is none.
 */
export const findClusterRow = async (db: Database | Transaction, idOrName: string): Promise<ClusterRow | null> =>
  (await db.cluster.findUnique({ where: { id: idOrName }, include: CLUSTER_INCLUDE })) ??
  (await db.cluster.findFirst({
    where: { name: idOrName, state: { not: 'deleted' } },
    include: CLUSTER_INCLUDE,
  }));

/** Throws `not_found`. A deleted cluster is found by its id only where `deleted` says so. */
export const getClusterRow = async (
  db: Database | Transaction,
  idOrName: string,
  options: { readonly deleted?: boolean } = {},
): Promise<ClusterRow> => {
  const row = await findClusterRow(db, idOrName);
  if (row === null || (row.state === 'deleted' && options.deleted !== true)) {
    throw new HeadroomError('not_found', `There is no cluster ${JSON.stringify(idOrName)}.`);
  }
  return row;
};

/** By id or name. Throws `not_found`. */
export const getCluster = async (context: UseCaseContext, idOrName: string): Promise<ClusterView> => {
  authorise(context, 'cluster.read');
  return toClusterView(await getClusterRow(context.db, idOrName), context.clock());
};
