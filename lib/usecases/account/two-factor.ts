import { countAttempt } from '@/lib/auth/attempts';
import { hasSecondFactor, recoveryPurpose, takeSecondFactor, takeTotp, totpPurpose } from '@/lib/auth/second-factor';
import { newRecoveryCode, newTotpSecret, RECOVERY_CODES, totpUri } from '@/lib/auth/totp';
import type { User } from '@/lib/db/generated/client';
import type { CodeInput, RecoveryCodes, TwoFactorBegun, TwoFactorView, UserView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { mac, seal } from '@/lib/secrets/seal';
import { authorise, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { record } from '../record';
import { requirePerson } from '../require-person';
import { endSessions } from '../sessions/end-sessions';
import { roleNeedsCode } from '../settings/sign-in';
import { toUserView } from '../users/view';

const NO_FACTOR = { totpSecret: null, totpConfirmedAt: null, totpLastStep: null } as const;

const refuseCode = (): HeadroomError => {
  const message = 'This code is wrong, or was used already. Wait for the next one.';
  return new HeadroomError('impossible', message, { details: { fields: [{ field: 'code', message }] } });
};

const requireEnabled = (user: User): void => {
  if (!hasSecondFactor(user)) throw new HeadroomError('wrong_state', 'Two-factor sign-in is not set up.');
};

/** Makes new recovery codes; the old ones count no more. */
const replaceRecoveryCodes = async (tx: Transaction, userId: string): Promise<readonly string[]> => {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, codeHash: mac(code, recoveryPurpose(userId)) })),
  });
  return codes;
};

export const getTwoFactor = async (context: UseCaseContext): Promise<TwoFactorView> => {
  const { id } = requirePerson(context);
  const user = await context.db.user.findUniqueOrThrow({ where: { id } });
  return {
    enabled: hasSecondFactor(user),
    required: await roleNeedsCode(context.db, user.role),
    recoveryCodesLeft: await context.db.recoveryCode.count({ where: { userId: id, usedAt: null } }),
  };
};

/**
 * A new secret for one's authenticator, shown this once. Nothing is asked at sign-in before `confirmTwoFactor` has seen
 * a code of it. Throws `wrong_state` when two-factor sign-in is set up.
 */
export const beginTwoFactor = async (context: UseCaseContext): Promise<TwoFactorBegun> => {
  const { id, name } = requirePerson(context);
  const secret = newTotpSecret();
  return record(context, async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id, totpConfirmedAt: null },
      data: { totpSecret: seal(secret, totpPurpose(id)), totpLastStep: null },
    });
    if (count === 0) throw new HeadroomError('wrong_state', 'Two-factor sign-in is set up. Remove it first.');
    return {
      value: { secret, uri: totpUri(secret, name) },
      audit: { action: 'account.two-factor-begin', subject: `user/${name}`, detail: {} },
    };
  });
};

/** From now on sign-in asks for a code. Other sessions end: they came in without. Throws `impossible` for a wrong code. */
export const confirmTwoFactor = async (context: UseCaseContext, { code }: CodeInput): Promise<RecoveryCodes> => {
  const person = requirePerson(context);
  const now = context.clock();
  const wasRight = countAttempt('code', person.id, now);
  const value = await record(context, async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: person.id } });
    if (user.totpSecret === null || user.totpConfirmedAt !== null) {
      throw new HeadroomError('wrong_state', 'There is nothing to confirm: begin anew.');
    }
    if (!(await takeTotp(tx, user, code.replaceAll(/\s/g, ''), now))) throw refuseCode();
    await tx.user.update({ where: { id: person.id }, data: { totpConfirmedAt: now } });
    const recoveryCodes = [...(await replaceRecoveryCodes(tx, person.id))];
    const sessionsEnded = await endSessions(tx, { userId: person.id, except: person.sessionId }, now);
    return {
      value: { recoveryCodes },
      audit: { action: 'account.two-factor-on', subject: `user/${person.name}`, detail: { sessionsEnded } },
    };
  });
  wasRight();
  return value;
};

/** Something only its owner may do to a second factor: takes a code first. */
const withCode = async <T>(
  context: UseCaseContext,
  code: string,
  action: string,
  act: (tx: Transaction, user: User) => Promise<T>,
): Promise<T> => {
  const person = requirePerson(context);
  const now = context.clock();
  const wasRight = countAttempt('code', person.id, now);
  const value = await record(context, async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: person.id } });
    requireEnabled(user);
    const by = await takeSecondFactor(tx, user, code, now);
    if (by === null) throw refuseCode();
    return { value: await act(tx, user), audit: { action, subject: `user/${person.name}`, detail: { by } } };
  });
  wasRight();
  return value;
};

/** New recovery codes, shown once; the old ones count no more. */
export const renewRecoveryCodes = (context: UseCaseContext, { code }: CodeInput): Promise<RecoveryCodes> =>
  withCode(context, code, 'account.recovery-codes', async (tx, user) => ({
    recoveryCodes: [...(await replaceRecoveryCodes(tx, user.id))],
  }));

/** Sign-in asks for the password alone again. Throws `forbidden` where the person's role needs a second factor. */
export const removeTwoFactor = (context: UseCaseContext, { code }: CodeInput): Promise<TwoFactorView> =>
  withCode(context, code, 'account.two-factor-off', async (tx, user) => {
    if (await roleNeedsCode(tx, user.role)) {
      throw new HeadroomError('forbidden', 'Your role asks for two-factor sign-in: it cannot be removed.');
    }
    await tx.user.update({ where: { id: user.id }, data: NO_FACTOR });
    await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    return { enabled: false, required: false, recoveryCodesLeft: 0 };
  });

/** For who lost their authenticator and their codes: takes the second factor away and ends their sessions. */
export const resetTwoFactor = async (context: UseCaseContext, userId: string): Promise<UserView> => {
  authorise(context, 'users.write');
  return record(context, async (tx) => {
    await takeLock(tx, 'people');
    const user = await tx.user.findFirst({ where: { OR: [{ id: userId }, { email: userId }] } });
    if (user === null) throw new HeadroomError('not_found', 'There is no such person.');
    requireEnabled(user);
    const updated = await tx.user.update({ where: { id: user.id }, data: NO_FACTOR });
    await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    const sessionsEnded = await endSessions(tx, { userId: user.id }, context.clock());
    return {
      value: toUserView(updated),
      audit: { action: 'user.two-factor-reset', subject: `user/${user.email}`, detail: { sessionsEnded } },
    };
  });
};
