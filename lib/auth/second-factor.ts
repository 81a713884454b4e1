import type { Prisma, PrismaClient, User } from '@/lib/db/generated/client';
import { mac, open } from '@/lib/secrets/seal';
import { findTotpStep, normaliseRecoveryCode } from './totp';

type Tx = PrismaClient | Prisma.TransactionClient;

export const totpPurpose = (userId: string): string => `user/${userId}/totp`;
export const recoveryPurpose = (userId: string): string => `user/${userId}/recovery`;

/** Whether a person's sign-in asks for a code besides the password. */
export const hasSecondFactor = (user: Pick<User, 'totpConfirmedAt' | 'totpSecret'>): boolean =>
  user.totpConfirmedAt !== null && user.totpSecret !== null;

/**
 * Takes a code of a person's authenticator, or one of their recovery codes, and uses it up: of many at once with the same
 * code one succeeds. Null when it is neither or was used.
 */
export const takeSecondFactor = async (
  db: Tx,
  user: Pick<User, 'id' | 'totpSecret'>,
  code: string,
  now: Date,
): Promise<'totp' | 'recovery' | null> => {
  const digits = code.replaceAll(/\s/g, '');
  if (/^\d{6}$/.test(digits)) return (await takeTotp(db, user, digits, now)) ? 'totp' : null;
  const recovery = normaliseRecoveryCode(code);
  if (recovery === null) return null;
  const { count } = await db.recoveryCode.updateMany({
    where: { userId: user.id, codeHash: mac(recovery, recoveryPurpose(user.id)), usedAt: null },
    data: { usedAt: now },
  });
  return count === 1 ? 'recovery' : null;
};

/** A code counts for its secret only; steps before the last one that was taken count no more. */
export const takeTotp = async (
  db: Tx,
  user: Pick<User, 'id' | 'totpSecret'>,
  digits: string,
  now: Date,
): Promise<boolean> => {
  if (user.totpSecret === null) return false;
  const step = findTotpStep(open(user.totpSecret, totpPurpose(user.id)), digits, now);
  if (step === null) return false;
  const { count } = await db.user.updateMany({
    where: {
      id: user.id,
      totpSecret: user.totpSecret,
      OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }],
    },
    data: { totpLastStep: step },
  });
  return count === 1;
};
