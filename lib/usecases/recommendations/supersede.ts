import type { EventDraft } from '@/lib/events/append';
import type { Transaction } from '../context';

/** Closes what a policy has open, for a reason in words. Resolves with the events of it: none where nothing was open. */
export const supersedeOpen = async (
  tx: Transaction,
  policyId: string,
  now: Date,
  why: string,
): Promise<readonly EventDraft[]> => {
  const open = await tx.recommendation.findMany({
    where: { policyId, state: 'open' },
    select: { id: true, clusterId: true },
  });
  if (open.length === 0) return [];
  await tx.recommendation.updateMany({
    where: { policyId, state: 'open' },
    data: { state: 'superseded', decidedAt: now, comment: why },
  });
  return open.map(({ id, clusterId }) => ({ kind: 'recommendation', clusterId, payload: { id, state: 'superseded' } }));
};
