import type { Prisma } from '@/lib/db/generated/client';
import type { PlanCostView, PlanView, RecommendationView } from '@/lib/domain/contract';
import { type Role, roleCan } from '@/lib/domain/role';
import { fromPlanJson, toPlanView } from '../operations/stored';
import { fromSizeJson } from '../policies/stored';

export const RECOMMENDATION_INCLUDE = {
  policy: { select: { id: true, name: true } },
  cluster: { select: { id: true, name: true } },
} as const satisfies Prisma.RecommendationInclude;
export type RecommendationRow = Prisma.RecommendationGetPayload<{ include: typeof RECOMMENDATION_INCLUDE }>;

export type Approval = RecommendationView['approvals'][number];
export type Evidence = NonNullable<RecommendationView['evidence']>;

/** Only `approve` writes the column. */
export const approvalsOf = (row: Pick<RecommendationRow, 'approvals'>): readonly Approval[] =>
  row.approvals as unknown as Approval[];

/** Only `recommend` and `remakePlan` write the column. */
export const costOfRow = (row: Pick<RecommendationRow, 'cost'>): PlanCostView | null =>
  row.cost as unknown as PlanCostView | null;

/** Who decides sees what it costs, whatever else they may see of money. */
const maySeeCost = (role: Role): boolean => roleCan(role, 'usage.read') || roleCan(role, 'recommendation.decide');

const toPlan = (row: RecommendationRow, role: Role): PlanView => {
  const plan = toPlanView(fromPlanJson(row.plan), row.planHash);
  const cost = maySeeCost(role) ? costOfRow(row) : null;
  return cost === null ? plan : { ...plan, cost };
};

/** @param role of who is shown it */
export const toRecommendationView = (row: RecommendationRow, role: Role): RecommendationView => ({
  id: row.id,
  state: row.state,
  policy: row.policy,
  requestedBy: row.policy === null ? row.author : null,
  cluster: row.cluster,
  reason: row.reason,
  rule: row.rule,
  from: fromSizeJson(row.from),
  to: fromSizeJson(row.to),
  evidence: row.evidence as unknown as Evidence | null,
  plan: toPlan(row, role),
  planHash: row.planHash,
  remade: row.remade,
  approvalsNeeded: row.approvalsNeeded,
  approvals: [...approvalsOf(row)],
  askedRole: row.askedRole,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
  decidedBy: row.decidedBy,
  comment: row.comment,
  operationId: row.operationId,
});
