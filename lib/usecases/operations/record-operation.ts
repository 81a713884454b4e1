import { createHash } from 'node:crypto';
import { HeadroomError } from '@/lib/domain/errors';
import type { Plan } from '@/lib/domain/plan';
import { canonicalPlan } from '@/lib/domain/planning';
import type { EventDraft } from '@/lib/events/append';
import { type Database, describeActor, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { ACTIVE } from './active';
import { toPlanJson } from './stored';

/** SHA-256 of the plan's canonical text, in hex. The same plan has the same hash. */
export const planHashOf = (plan: Plan): string => createHash('sha256').update(canonicalPlan(plan)).digest('hex');

/** Throws `operation_active` when the cluster has an operation that has not ended. */
export const refuseWhileActive = async (
  db: Database | Transaction,
  cluster: { readonly id: string; readonly name: string },
): Promise<void> => {
  const active = await db.operation.findFirst({
    where: { clusterId: cluster.id, ...ACTIVE },
    select: { id: true, kind: true },
  });
  if (active === null) return;
  throw new HeadroomError(
    'operation_active',
    `An operation of ${cluster.name} is under way (${active.kind}). Wait for its end, or cancel it.`,
    { retryable: true, details: { operationId: active.id } },
  );
};

/** Throws `stale_plan` when the plan is not the one that was shown. */
export const refuseOtherPlan = (plan: Plan, shownHash: string | undefined): void => {
  if (shownHash === undefined || shownHash === planHashOf(plan)) return;
  throw new HeadroomError(
    'stale_plan',
    'Things have changed: the plan would no longer be the one you saw. Look again.',
    {
      details: { planHash: planHashOf(plan) },
    },
  );
};

/**
 * Writes an accepted plan down for the orchestrator to execute. The names that it gives are used up.
 * Call it under the allocation lock, after `refuseWhileActive`.
 */
export const insertOperation = async (
  tx: Transaction,
  context: UseCaseContext,
  plan: Plan,
  reason: string,
): Promise<{ readonly id: string; readonly events: readonly EventDraft[] }> => {
  const operation = await tx.operation.create({
    data: {
      id: newId(),
      kind: plan.kind,
      clusterId: plan.clusterId,
      plan: toPlanJson(plan),
      planHash: planHashOf(plan),
      requestedBy: describeActor(context.actor),
      reason,
      createdAt: context.clock(),
    },
    select: { id: true },
  });
  await tx.cluster.update({
    where: { id: plan.clusterId },
    data: { nextOrdinal: { increment: plan.creates.length } },
  });
  return {
    id: operation.id,
    events: [
      { kind: 'cluster', clusterId: plan.clusterId },
      { kind: 'operation', clusterId: plan.clusterId, operationId: operation.id, payload: { state: 'pending' } },
    ],
  };
};
