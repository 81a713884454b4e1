import type { EventDraft } from '@/lib/events/append';
import { appendAudit } from '../audit/append';
import { acceptChange } from '../clusters/change-requirements';
import { type Actor, policyActor, type Transaction, type UseCaseContext } from '../context';
import { changeOf } from './to-change';
import type { RecommendationRow } from './view';

export interface Executed {
  readonly operationId: string;
  readonly events: readonly EventDraft[];
}

/** In whose name it is done: the policy's, or that of the person who asked. */
const askerOf = ({ policy, author }: RecommendationRow): Actor =>
  policy === null ? { kind: 'user', id: author, name: author, role: 'operator' } : policyActor(policy);

/**
 * Accepts a recommendation's plan as it was shown, in the name of who asked for it. Call it in `record`, under the allocation lock.
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
  const asAsker: UseCaseContext = { ...context, actor: askerOf(row) };
  const change = await changeOf(tx, row);
  const input = { ...change, reason: row.reason, planHash: row.planHash };
  const accepted = await acceptChange(tx, asAsker, row.clusterId, input);
  await appendAudit(tx, asAsker, accepted.audit);
  const operationId = accepted.value.operation.id;
  await tx.operation.update({ where: { id: operationId }, data: { approvedBy } });
  return { operationId, events: accepted.events ?? [] };
};
