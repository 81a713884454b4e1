import type { Prisma } from '@/lib/db/generated/client';
import type { EventDraft } from '@/lib/events/append';
import type { Transaction } from '../context';

const supersede = async (
  tx: Transaction,
  of: Prisma.RecommendationWhereInput,
  now: Date,
  why: string,
): Promise<readonly EventDraft[]> => {
  const where = { ...of, state: 'open' as const };
  const open = await tx.recommendation.findMany({ where, select: { id: true, clusterId: true } });
  if (open.length === 0) return [];
  await tx.recommendation.updateMany({
    where,
    data: { state: 'superseded', decidedAt: now, comment: why },
  });
  return open.map(({ id, clusterId }) => ({ kind: 'recommendation', clusterId, payload: { id, state: 'superseded' } }));
};

/** Closes what a policy has open, for a reason in words. Resolves with the events of it: none where nothing was open. */
export const supersedeOpen = (
  tx: Transaction,
  policyId: string,
  now: Date,
  why: string,
): Promise<readonly EventDraft[]> => supersede(tx, { policyId }, now, why);

/** The same of what a person has open for a cluster. */
export const supersedeRequests = (
  tx: Transaction,
  clusterId: string,
  now: Date,
  why: string,
): Promise<readonly EventDraft[]> => supersede(tx, { clusterId, policyId: null }, now, why);
