import { type SignInSettings, signInSettingsSchema } from '@/lib/domain/contract';
import type { Role } from '@/lib/domain/role';
import { authorise, type Database, type Transaction, type UseCaseContext } from '../context';
import { record } from '../record';
import { readSetting, writeSetting } from './setting';

const DEFAULTS: SignInSettings = { twoFactorRoles: [] };

const read = async (db: Database | Transaction): Promise<SignInSettings> =>
  (await readSetting(db, 'sign-in', signInSettingsSchema)) ?? DEFAULTS;

/** Whether people of this role have to have a second factor. */
export const roleNeedsCode = async (db: Database | Transaction, role: Role): Promise<boolean> =>
  (await read(db)).twoFactorRoles.includes(role);

export const getSignInSettings = async (context: UseCaseContext): Promise<SignInSettings> => {
  authorise(context, 'settings.write');
  return read(context.db);
};

/** In force with the next request of everybody: who lacks what their role needs sets it up before anything else. */
export const setSignInSettings = async (context: UseCaseContext, input: SignInSettings): Promise<SignInSettings> => {
  authorise(context, 'settings.write');
  return record(context, async (tx) => {
    const before = await read(tx);
    await writeSetting(tx, context, 'sign-in', input);
    return {
      value: input,
      audit: { action: 'settings.sign-in', subject: 'settings/sign-in', detail: { from: before, to: input } },
    };
  });
};
