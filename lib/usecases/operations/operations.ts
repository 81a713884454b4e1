import type { Prisma } from '@/lib/db/generated/client';
import type { OperationSummary, OperationsQuery, OperationView, Page } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { OPERATION_STATES, operationIs } from '@/lib/domain/operation';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { keyset, sortColumn, sortEnum } from '../keyset';
import { toPage } from '../paging';
import { ACTIVE } from './active';
import { loadTypicalMs } from './typical';
import { OPERATION_INCLUDE, type OperationRow, toOperationSummary, toOperationView } from './view';

const SORTS = {
  created: sortColumn<OperationRow>(['createdAt'], (row) => row.createdAt.toISOString()),
  state: sortEnum<OperationRow>('state', OPERATION_STATES, (row) => row.state),
  kind: sortColumn<OperationRow>(['kind'], (row) => row.kind),
  cluster: sortColumn<OperationRow>(['cluster', 'name'], (row) => row.cluster.name),
} as const;

const matching = (q: string): Prisma.OperationWhereInput => {
  const contains = { contains: q, mode: 'insensitive' } as const;
  return { OR: [{ cluster: { name: contains } }, { requestedBy: contains }, { reason: contains }] };
};

const wanted = ({ cluster, state, active, kind, q }: Partial<OperationsQuery>): Prisma.OperationWhereInput => ({
  ...(kind === undefined ? {} : { kind }),
  AND: [
    cluster === undefined ? {} : { OR: [{ clusterId: cluster }, { cluster: { name: cluster } }] },
    state === undefined ? {} : { state },
    active === undefined ? {} : active ? ACTIVE : { NOT: ACTIVE },
    q === undefined || q === '' ? {} : matching(q),
  ],
});

/** Newest first unless asked otherwise. */
export const listOperations = async (
  context: UseCaseContext,
  { limit, cursor, sort = '-created', ...filter }: Partial<OperationsQuery> & { readonly limit: number },
): Promise<Page<OperationSummary>> => {
  authorise(context, 'cluster.read');
  const { where, orderBy, cursorOf } = keyset(SORTS, sort, cursor);
  const rows = await context.db.operation.findMany({
    where: { AND: [wanted(filter), where] },
    orderBy,
    take: limit + 1,
    include: OPERATION_INCLUDE,
  });
  return toPage(rows, limit, toOperationSummary, cursorOf);
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
  const row = await getOperationRow(context.db, operationId);
  return toOperationView(row, operationIs.active(row.state) ? await loadTypicalMs(context.db, row.kind) : {});
};
