import type { EventDraft } from '@/lib/events/append';
import { appendAudit } from '../audit/append';
import { acceptChange } from '../clusters/change-requirements';
import { policyActor, type Transaction, type UseCaseContext } from '../context';
import { fromSizeJson } from '../policies/stored';
import { toChange } from './to-change';
import type { RecommendationRow } from './view';

export interface Executed {
  readonly operationId: string;
  readonly events: readonly EventDraft[];
}

/**
 * Accepts a recommendation's plan as it was shown, in the policy's name. Call it in `record`, under the allocation lock.
 * Throws `stale_plan` where the plan would be another now, and what accepting a change throws.
 *
 * @param approvedBy what allowed it, in words
 */
export const executeRecommendation = async (
  tx: Transaction,
  context: UseCaseContext,
  row: RecommendationRow,
  approvedBy: string,
): Promise<Executed> => {
  const asPolicy: UseCaseContext = { ...context, actor: policyActor(row.policy) };
  const change = await toChange(tx, row.clusterId, fromSizeJson(row.to));
  const input = { ...change, reason: row.reason, planHash: row.planHash };
  const accepted = await acceptChange(tx, asPolicy, row.clusterId, input);
  await appendAudit(tx, asPolicy, accepted.audit);
  const operationId = accepted.value.operation.id;
  await tx.operation.update({ where: { id: operationId }, data: { approvedBy } });
  return { operationId, events: accepted.events ?? [] };
};
