import { hashPassword } from '@/lib/auth/password';
import { consumeSetupLink, hasAdministrator } from '@/lib/auth/setup-link';
import type { CreateUserInput, UserView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { type Database, systemActor } from '../context';
import { takeLock } from '../locks';
import { record } from '../record';
import { insertUser } from './create-user';

export interface FirstAdministratorInput {
  /** From the set-up link. */
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

interface Setting {
  readonly db: Database;
  readonly clock: () => Date;
  readonly requestId: string;
}

/**
 * Opened by the set-up link alone, there is nobody to sign in yet. Of several at once one succeeds.
 * Throws `forbidden` for a link that is not valid and `wrong_state` when there is an administrator.
 */
export const createFirstAdministrator = async (setting: Setting, input: FirstAdministratorInput): Promise<UserView> =>
  insertAdministrator(setting, { ...input, role: 'admin' }, input.token);

/** The first administrator from HEADROOM_ADMIN_EMAIL and HEADROOM_ADMIN_PASSWORD. Does nothing when there is one. */
export const ensureAdministrator = async (
  setting: Setting,
  input: { readonly email: string; readonly password: string },
): Promise<void> => {
  if (await hasAdministrator(setting.db)) return;
  const person: CreateUserInput = { ...input, name: input.email.split('@')[0] ?? input.email, role: 'admin' };
  await insertAdministrator(setting, person, null).catch((error: unknown) => {
    if (error instanceof HeadroomError && error.code === 'wrong_state') return;
    throw error;
  });
};

const insertAdministrator = async (
  setting: Setting,
  input: CreateUserInput,
  token: string | null,
): Promise<UserView> => {
  const passwordHash = await hashPassword(input.password);
  return record({ ...setting, actor: systemActor('set-up') }, async (tx) => {
    await takeLock(tx, 'people');
    if (await hasAdministrator(tx)) {
      throw new HeadroomError('wrong_state', 'There is an administrator already. Sign in instead.');
    }
    if (token !== null) await consumeSetupLink(tx, token, setting.clock());
    const { name, email, role } = input;
    const value = await insertUser(tx, { name, email, role, passwordHash }, setting.clock());
    return { value, audit: { action: 'user.create', subject: `user/${value.email}`, detail: { first: true } } };
  });
};
