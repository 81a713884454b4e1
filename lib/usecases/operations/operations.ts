import type { OperationSummary, OperationsQuery, OperationView, Page } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { afterNewest, encodeCursor, toPage } from '../paging';
import { OPERATION_INCLUDE, type OperationRow, toOperationSummary, toOperationView } from './view';

const ACTIVE = ['pending', 'running', 'undoing'] as const;

/** Newest first; of a cluster (id or name), in a state, or active ones. */
export const listOperations = async (
  context: UseCaseContext,
  query: OperationsQuery,
): Promise<Page<OperationSummary>> => {
  authorise(context, 'cluster.read');
  const rows = await context.db.operation.findMany({
    where: {
      AND: [
        query.cluster === undefined ? {} : { OR: [{ clusterId: query.cluster }, { cluster: { name: query.cluster } }] },
        query.state === undefined ? {} : { state: query.state },
        query.active === undefined ? {} : { state: query.active ? { in: [...ACTIVE] } : { notIn: [...ACTIVE] } },
        afterNewest('createdAt', query.cursor),
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: query.limit + 1,
    include: OPERATION_INCLUDE,
  });
  return toPage(rows, query.limit, toOperationSummary, (o) => encodeCursor(o.createdAt.toISOString(), o.id));
};

/** Throws `not_found`. */
export const getOperationRow = async (db: Database | Transaction, operationId: string): Promise<OperationRow> => {
  const row = await db.operation.findUnique({ where: { id: operationId }, include: OPERATION_INCLUDE });
  if (row === null) throw new HeadroomError('not_found', `There is no operation ${JSON.stringify(operationId)}.`);
  return row;
};

/** With its steps, plan and receipt. Throws `not_found`. */
export const getOperation = async (context: UseCaseContext, operationId: string): Promise<OperationView> => {
  authorise(context, 'cluster.read');
  return toOperationView(await getOperationRow(context.db, operationId));
};
