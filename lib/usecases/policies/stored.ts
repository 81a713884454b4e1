import type { Policy, Prisma } from '@/lib/db/generated/client';
import type { Decision } from '@/lib/domain/policy/decision';
import type { ApprovalRules, PolicyBounds, PolicyRule, PolicyRules } from '@/lib/domain/policy/schema';
import type { Size } from '@/lib/domain/policy/size';

/** Only what the policy's schema has passed is written to these columns. */
export const rulesOf = (policy: Pick<Policy, 'rule' | 'bounds'>): PolicyRules => ({
  rule: policy.rule as unknown as PolicyRule,
  bounds: policy.bounds as unknown as PolicyBounds,
});

export const approvalOf = (policy: Pick<Policy, 'approval'>): ApprovalRules =>
  policy.approval as unknown as ApprovalRules;

export const toJson = (value: unknown): Prisma.InputJsonValue => JSON.parse(JSON.stringify(value));

export const fromSizeJson = (json: Prisma.JsonValue): Size => json as unknown as Size;
export const fromDecisionJson = (json: Prisma.JsonValue): Decision => json as unknown as Decision;
