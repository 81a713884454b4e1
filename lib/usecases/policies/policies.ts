import type { PolicyEvaluation } from '@/lib/db/generated/client';
import type { EvaluationsQuery, EvaluationView, Page, PoliciesQuery, PolicyView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { cursorNumber, decodeCursor, encodeCursor, toPage } from '../paging';
import { POLICY_INCLUDE, type PolicyRow, toEvaluationView, toPolicyView } from './view';

/** The newest evaluation of each policy. */
const lastEvaluations = async (
  db: Database | Transaction,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, PolicyEvaluation>> => {
  const rows = await db.$queryRaw<PolicyEvaluation[]>`
    select e.* from unnest(${policyIds}::text[]) as p(id)
      cross join lateral (select * from "PolicyEvaluation" where "policyId" = p.id order by "id" desc limit 1) e`;
  return new Map(rows.map((row) => [row.policyId, row]));
};

/** By name; of a cluster (id or name). */
export const listPolicies = async (context: UseCaseContext, query: PoliciesQuery): Promise<Page<PolicyView>> => {
  authorise(context, 'cluster.read');
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1);
  const rows = await context.db.policy.findMany({
    where: {
      deletedAt: null,
      ...(query.cluster === undefined
        ? {}
        : { OR: [{ clusterId: query.cluster }, { cluster: { name: query.cluster } }] }),
      ...(after === undefined ? {} : { name: { gt: after } }),
    },
    orderBy: { name: 'asc' },
    take: query.limit + 1,
    include: POLICY_INCLUDE,
  });
  const last = await lastEvaluations(
    context.db,
    rows.map((row) => row.id),
  );
  const now = context.clock();
  return toPage(
    rows,
    query.limit,
    (row) => toPolicyView(row, last.get(row.id) ?? null, now),
    (row) => encodeCursor(row.name),
  );
};

/** By id, or by the name of one that was not removed. Throws `not_found`. */
export const getPolicyRow = async (db: Database | Transaction, idOrName: string): Promise<PolicyRow> => {
  const row = await db.policy.findFirst({
    where: { deletedAt: null, OR: [{ id: idOrName }, { name: idOrName }] },
    include: POLICY_INCLUDE,
  });
  if (row === null) throw new HeadroomError('not_found', `There is no policy ${JSON.stringify(idOrName)}.`);
  return row;
};

export const viewPolicy = async (db: Database | Transaction, row: PolicyRow, now: Date): Promise<PolicyView> =>
  toPolicyView(row, (await lastEvaluations(db, [row.id])).get(row.id) ?? null, now);

export const getPolicy = async (context: UseCaseContext, idOrName: string): Promise<PolicyView> => {
  authorise(context, 'cluster.read');
  return viewPolicy(context.db, await getPolicyRow(context.db, idOrName), context.clock());
};

/** Newest first. Throws `not_found`. */
export const listEvaluations = async (
  context: UseCaseContext,
  idOrName: string,
  query: EvaluationsQuery,
): Promise<Page<EvaluationView>> => {
  authorise(context, 'cluster.read');
  const policy = await getPolicyRow(context.db, idOrName);
  const before = query.cursor === undefined ? undefined : cursorNumber(decodeCursor(query.cursor, 1)[0]);
  const rows = await context.db.policyEvaluation.findMany({
    where: {
      policyId: policy.id,
      ...(before === undefined ? {} : { id: { lt: before } }),
      ...(query.acted === true ? { outcome: { not: 'none' } } : {}),
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toEvaluationView, (row) => encodeCursor(row.id.toString()));
};
