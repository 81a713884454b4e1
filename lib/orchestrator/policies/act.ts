import { isHeadroomError } from '@/lib/domain/errors';
import { restBeforeAsking } from '@/lib/domain/policy/ask-again';
import type { Decision, Hold, HoldCode } from '@/lib/domain/policy/decision';
import { explain } from '@/lib/domain/policy/explain';
import { findBudgetCap } from '@/lib/usecases/billing/budget-cap';
import { changeRequirements } from '@/lib/usecases/clusters/change-requirements';
import { policyActor, type UseCaseContext } from '@/lib/usecases/context';
import type { ClusterFacts } from '@/lib/usecases/policies/observe';
import type { EvaluationRecord } from '@/lib/usecases/policies/record-evaluations';
import { approvalOf, fromSizeJson, rulesOf } from '@/lib/usecases/policies/stored';
import type { PolicyRow } from '@/lib/usecases/policies/view';
import { recommend, withdraw } from '@/lib/usecases/recommendations/recommend';
import { toChange } from '@/lib/usecases/recommendations/to-change';
import type { OrchestratorContext } from '../context';
import { evidenceFor } from './evidence';

/** Reasons for doing nothing that mean that a change is no longer wanted. */
const SATISFIED: ReadonlySet<HoldCode> = new Set<HoldCode>([
  'in-band',
  'as-planned',
  'forecast-fits',
  'fits',
  'at-bounds',
]);

type Outcome = Pick<EvaluationRecord, 'decision' | 'code' | 'operationId' | 'recommendationId'>;

const held = (decision: Decision, hold: Hold): Outcome => ({
  decision: { ...decision, outcome: 'none', to: decision.from, hold },
  code: hold.code,
  operationId: null,
  recommendationId: null,
});

const asPolicy = (context: OrchestratorContext, policy: PolicyRow): UseCaseContext => ({
  db: context.db,
  actor: policyActor(policy),
  clock: () => context.clock.now(),
  requestId: `policy-${policy.id}-${context.clock.now().getTime()}`,
});

const changeNow = async (
  context: OrchestratorContext,
  policy: PolicyRow,
  facts: ClusterFacts,
  decision: Decision,
): Promise<Outcome> => {
  const change = await context.db.$transaction((tx) => toChange(tx, policy.clusterId, decision.to));
  const reason = explain(rulesOf(policy).rule, decision);
  const answer = await changeRequirements(asPolicy(context, policy), policy.clusterId, {
    ...change,
    reason,
    generation: facts.generation,
  });
  const operationId = 'operation' in answer ? answer.operation.id : null;
  context.say('policy changes a cluster', { policy: policy.name, cluster: facts.name, reason, operationId });
  return { decision, code: 'acted', operationId, recommendationId: null };
};

/** Recommendations that are looked at: more in a row do not make the rest longer. */
const LOOKED_AT = 16;

/** Why a policy does not ask for this size now, and for how long; null when it may. */
const restOf = async (context: OrchestratorContext, policy: PolicyRow, decision: Decision): Promise<Hold | null> => {
  const before = await context.db.recommendation.findMany({
    where: { policyId: policy.id, state: { not: 'open' }, createdAt: { gte: policy.updatedAt } },
    orderBy: { decidedAt: 'desc' },
    take: LOOKED_AT,
  });
  const past = before.map(({ state, to, decidedAt }) => ({ state, to: fromSizeJson(to), decidedAt }));
  const rest = restBeforeAsking(past, decision.to, approvalOf(policy).expiresAfterMs);
  const leftMs = (rest?.untilMs ?? 0) - context.clock.now().getTime();
  return rest !== null && leftMs > 0 ? { code: rest.code, leftMs } : null;
};

/** Why a policy that could act by itself asks this time, because of a budget; null when it need not. */
const capOf = async (
  context: OrchestratorContext,
  policy: PolicyRow,
  { from, to }: Decision,
): Promise<string | null> => {
  const { shape, nodes } = await context.db.$transaction((tx) => toChange(tx, policy.clusterId, to));
  const before = { nodes: from.nodes, shape: { ...shape, vcpus: from.vcpus, memoryMiB: from.memoryMiB } };
  return findBudgetCap(context.db, policy.clusterId, before, { nodes, shape }, context.clock.now());
};

const ask = async (
  context: OrchestratorContext,
  policy: PolicyRow,
  decision: Decision,
  cap: string | null = null,
): Promise<Outcome> => {
  const rest = await restOf(context, policy, decision);
  if (rest !== null) return held(decision, rest);
  const { id, operationId } = await recommend(asPolicy(context, policy), {
    policy,
    from: decision.from,
    to: decision.to,
    reason: `${explain(rulesOf(policy).rule, decision)}${cap === null ? '' : `; asked because ${cap}`}`,
    needsPerson: cap !== null,
    evidence: () => evidenceFor(context, policy),
  });
  return { decision, code: operationId === null ? 'recommended' : 'acted', operationId, recommendationId: id };
};

/**
 * Brings a settled decision about as the policy's mode says: a change, a recommendation, or nothing but its record. A
 * refusal, such as full hosts, is an outcome too.
 */
export const act = async (
  context: OrchestratorContext,
  policy: PolicyRow,
  facts: ClusterFacts,
  decision: Decision,
): Promise<Outcome> => {
  if (decision.outcome === 'none') {
    const code = decision.hold?.code ?? 'in-band';
    // An automatic one asks too, where a budget has it do so.
    if ((policy.mode === 'approval' || facts.asking.has(policy.id)) && SATISFIED.has(code)) {
      await withdraw(asPolicy(context, policy), policy, 'It is no longer needed.');
    }
    return { decision, code, operationId: null, recommendationId: null };
  }
  try {
    switch (policy.mode) {
      case 'automatic': {
        const cap = await capOf(context, policy, decision);
        return cap === null
          ? await changeNow(context, policy, facts, decision)
          : await ask(context, policy, decision, cap);
      }
      case 'approval': {
        // A budget's cap comes before what the policy lets through without a person.
        const mayPass = approvalOf(policy).automaticUpTo !== undefined;
        return await ask(context, policy, decision, mayPass ? await capOf(context, policy, decision) : null);
      }
      case 'observe':
        return { decision, code: 'observed', operationId: null, recommendationId: null };
      default: {
        const unknown: never = policy.mode;
        throw new Error(`unknown mode ${String(unknown)}`);
      }
    }
  } catch (error) {
    if (!isHeadroomError(error)) throw error;
    return held(decision, { code: 'refused', message: error.message });
  }
};
