import type { Transaction } from '../context';

/** Ends a person's sessions, all but one where one is named. Resolves with how many. */
export const endSessions = async (
  tx: Transaction,
  of: { readonly userId: string; readonly except?: string },
  now: Date,
): Promise<number> => {
  const { count } = await tx.session.updateMany({
    where: {
      userId: of.userId,
      endedAt: null,
      expiresAt: { gt: now },
      ...(of.except === undefined ? {} : { id: { not: of.except } }),
    },
    data: { endedAt: now },
  });
  return count;
};
