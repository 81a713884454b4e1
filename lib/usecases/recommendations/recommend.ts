import { Prisma, type Recommendation } from '@/lib/db/generated/client';
import type { Plan } from '@/lib/domain/plan';
import { describeRule } from '@/lib/domain/policy/explain';
import { type Size, sameSize } from '@/lib/domain/policy/size';
import { pricePlan } from '../billing/plan-cost';
import { prepareChange } from '../clusters/change-requirements';
import { authorise, describeActor, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { planHashOf } from '../operations/record-operation';
import { toPlanJson } from '../operations/stored';
import { approvalOf, fromSizeJson, rulesOf, toJson } from '../policies/stored';
import type { PolicyRow } from '../policies/view';
import { record } from '../record';
import { allowedByCost } from './cost-limit';
import { executeRecommendation } from './execute';
import { getRecommendationRow } from './recommendations';
import { supersedeOpen } from './supersede';
import { changeOf, toChange } from './to-change';
import { costOfRow, type Evidence } from './view';

const planFor = async (tx: Transaction, clusterId: string, to: Size): Promise<Plan> =>
  (await prepareChange(tx, clusterId, await toChange(tx, clusterId, to))).plan;

/** The plan of what a recommendation changes, as it would be now. */
const planOfRow = async (tx: Transaction, row: Recommendation): Promise<Plan> =>
  (await prepareChange(tx, row.clusterId, await changeOf(tx, row))).plan;

/** A plan as it is kept, with what it changes in cost. */
export const planColumns = async (tx: Transaction, plan: Plan, now: Date) => {
  const cost = await pricePlan(tx, plan, now);
  return {
    plan: toPlanJson(plan),
    planHash: planHashOf(plan),
    cost: cost === null ? Prisma.DbNull : toJson(cost),
  };
};

export interface Wish {
  readonly policy: PolicyRow;
  readonly from: Size;
  readonly to: Size;
  readonly reason: string;
  /** A person has to decide, however little it costs. */
  readonly needsPerson?: boolean;
  /** Asked only when something new is recommended. */
  readonly evidence: () => Promise<Evidence | null>;
}

export interface Recommended {
  readonly id: string;
  /** Of a change that needed no person; null while it waits for one. */
  readonly operationId: string | null;
}

/** Executes what was just recommended where the policy's cost limit allows it; null where a person has to decide. */
const executeWithinLimit = async (tx: Transaction, context: UseCaseContext, policy: PolicyRow, id: string) => {
  const row = await getRecommendationRow(tx, id);
  const allowedBy = allowedByCost(approvalOf(policy), costOfRow(row));
  if (allowedBy === null) return null;
  const executed = await executeRecommendation(tx, context, row, allowedBy);
  await tx.recommendation.update({
    where: { id },
    data: {
      state: 'approved',
      decidedAt: context.clock(),
      decidedBy: `policy:${policy.name}`,
      comment: allowedBy,
      operationId: executed.operationId,
    },
  });
  return { ...executed, allowedBy };
};

/**
 * Puts a change to the people who decide, or has it done at once where it costs little enough. One that is open for the
 * same size stays, with a plan made anew where things have changed; one for another size closes. Throws what planning
 * throws.
 */
export const recommend = async (context: UseCaseContext, wish: Wish): Promise<Recommended> => {
  authorise(context, 'cluster.change');
  const { policy, from, to, reason } = wish;
  const open = await context.db.recommendation.findFirst({ where: { policyId: policy.id, state: 'open' } });
  if (open !== null && sameSize(fromSizeJson(open.to), to)) {
    await remakePlan(context, open.id);
    return { id: open.id, operationId: null };
  }
  const evidence = await wish.evidence();
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const now = context.clock();
    const plan = await planFor(tx, policy.clusterId, to);
    const closed = await supersedeOpen(tx, policy.id, now, 'Another size is recommended now.');
    const id = newId();
    const approval = approvalOf(policy);
    await tx.recommendation.create({
      data: {
        id,
        policyId: policy.id,
        clusterId: policy.clusterId,
        reason,
        rule: describeRule(rulesOf(policy).rule),
        from: toJson(from),
        to: toJson(to),
        ...(evidence === null ? {} : { evidence: toJson(evidence) }),
        ...(await planColumns(tx, plan, now)),
        approvalsNeeded: approval.persons,
        approvals: [],
        author: policy.updatedBy,
        askedRole: 'oncall',
        createdAt: now,
        expiresAt: new Date(now.getTime() + approval.expiresAfterMs),
      },
    });
    const executed = wish.needsPerson === true ? null : await executeWithinLimit(tx, context, policy, id);
    const state = executed === null ? 'open' : 'approved';
    return {
      value: { id, operationId: executed?.operationId ?? null },
      audit: {
        action: 'recommendation.create',
        subject: `recommendation/${id}`,
        reason,
        detail: {
          policy: policy.name,
          cluster: policy.cluster.name,
          to: toJson(to),
          planHash: planHashOf(plan),
          ...(executed === null ? {} : { allowedBy: executed.allowedBy, operationId: executed.operationId }),
        },
      },
      events: [
        ...closed,
        ...(executed?.events ?? []),
        { kind: 'recommendation', clusterId: policy.clusterId, payload: { id, state } },
      ],
    };
  });
};

/**
 * Makes the plan of an open recommendation anew where it would no longer be the same; approvals of the old one count no
 * more. Resolves with whether it was. Throws what planning throws.
 */
export const remakePlan = async (context: UseCaseContext, id: string): Promise<boolean> => {
  const current = await context.db.$transaction(async (tx) => {
    const row = await tx.recommendation.findUniqueOrThrow({ where: { id } });
    const plan = await planOfRow(tx, row);
    return { row, hash: planHashOf(plan) };
  });
  if (current.row.state !== 'open' || current.hash === current.row.planHash) return false;
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const row = await tx.recommendation.findUniqueOrThrow({ where: { id } });
    const plan = await planOfRow(tx, row);
    await tx.recommendation.updateMany({
      where: { id, state: 'open' },
      data: { ...(await planColumns(tx, plan, context.clock())), remade: { increment: 1 }, approvals: [] },
    });
    return {
      value: true,
      audit: {
        action: 'recommendation.remake',
        subject: `recommendation/${id}`,
        detail: { planHash: planHashOf(plan), before: row.planHash, by: describeActor(context.actor) },
      },
      events: [{ kind: 'recommendation', clusterId: row.clusterId, payload: { id, state: row.state } }],
    };
  });
};

/** Closes what a policy has open because it no longer wants it. Resolves with whether there was anything. */
export const withdraw = async (context: UseCaseContext, policy: PolicyRow, why: string): Promise<boolean> => {
  authorise(context, 'cluster.change');
  const open = await context.db.recommendation.findFirst({ where: { policyId: policy.id, state: 'open' } });
  if (open === null) return false;
  return record(context, async (tx) => {
    const events = await supersedeOpen(tx, policy.id, context.clock(), why);
    return {
      value: events.length > 0,
      audit: { action: 'recommendation.withdraw', subject: `recommendation/${open.id}`, reason: why },
      events,
    };
  });
};
