import type { Prisma } from '@/lib/db/generated/client';
import type { RecommendationView } from '@/lib/domain/contract';
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

export const toRecommendationView = (row: RecommendationRow): RecommendationView => ({
  id: row.id,
  state: row.state,
  policy: row.policy,
  cluster: row.cluster,
  reason: row.reason,
  rule: row.rule,
  from: fromSizeJson(row.from),
  to: fromSizeJson(row.to),
  evidence: row.evidence as unknown as Evidence | null,
  plan: toPlanView(fromPlanJson(row.plan), row.planHash),
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
