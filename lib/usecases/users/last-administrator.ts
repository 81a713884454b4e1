import type { Transaction } from '../context';

/** Whether there is no other who may administer. Hold the lock `people`. */
export const isLastAdministrator = async (tx: Transaction, userId: string): Promise<boolean> =>
  (await tx.user.count({ where: { role: 'admin', disabledAt: null, id: { not: userId } } })) === 0;
