import type { PolicyEvaluation, Prisma } from '@/lib/db/generated/client';
import type { EvaluationView, PolicyView } from '@/lib/domain/contract';
import { nextRuns } from '@/lib/domain/policy/calendar';
import { describeRule } from '@/lib/domain/policy/explain';
import { warningsOf } from '@/lib/domain/policy/warnings';
import { approvalOf, fromDecisionJson, rulesOf } from './stored';

export const POLICY_INCLUDE = {
  cluster: { select: { id: true, name: true } },
} as const satisfies Prisma.PolicyInclude;
export type PolicyRow = Prisma.PolicyGetPayload<{ include: typeof POLICY_INCLUDE }>;

const OUTCOMES = ['grow', 'shrink', 'none'] as const;

export const toEvaluationView = (row: PolicyEvaluation): EvaluationView => {
  const { from, to, wants } = fromDecisionJson(row.decision);
  return {
    id: row.id.toString(),
    at: row.at.toISOString(),
    outcome: OUTCOMES.find((outcome) => outcome === row.outcome) ?? 'none',
    code: row.code,
    reason: row.reason,
    value: row.value,
    from,
    to,
    wants,
    operationId: row.operationId,
    recommendationId: row.recommendationId,
  };
};

export const toPolicyView = (row: PolicyRow, last: PolicyEvaluation | null, now: Date): PolicyView => {
  const rules = rulesOf(row);
  const { rule, bounds } = rules;
  const runs = rule.kind === 'calendar' ? nextRuns(rule, now.getTime()) : [];
  return {
    id: row.id,
    name: row.name,
    cluster: row.cluster,
    mode: row.mode,
    enabled: row.enabled,
    revision: row.revision,
    rule,
    bounds,
    approval: approvalOf(row),
    description: describeRule(rule),
    warnings: [...warningsOf(rules)],
    nextRuns: runs.map(({ name, priority, startMs, endMs }) => ({
      name,
      priority,
      start: new Date(startMs).toISOString(),
      end: new Date(endMs).toISOString(),
    })),
    lastEvaluation: last === null ? null : toEvaluationView(last),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
  };
};
