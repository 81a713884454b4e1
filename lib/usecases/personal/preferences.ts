import type { Preferences as PreferencesRow } from '@/lib/db/generated/client';
import { type Preferences, preferencesSchema, type UpdatePreferencesInput } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type UseCaseContext } from '../context';
import { record } from '../record';
import { requirePerson } from '../require-person';

/** What is stored, as far as it still is what may be chosen; what everybody begins with otherwise. */
export const toPreferences = (value: unknown): Preferences => {
  const parsed = preferencesSchema.safeParse(value);
  return parsed.success ? parsed.data : preferencesSchema.parse({});
};

/** The row of whoever asks: what they chose, and how far they have read. Null for a token, which has none. */
export const findPreferences = async ({ db, actor }: UseCaseContext): Promise<PreferencesRow | null> =>
  actor.kind === 'user' ? db.preferences.findUnique({ where: { userId: actor.id } }) : null;

/** One's own; a token is shown what everybody begins with. */
export const getPreferences = async (context: UseCaseContext): Promise<Preferences> =>
  toPreferences((await findPreferences(context))?.value ?? {});

/** Changes one's own. Throws `forbidden` for whoever is no person. */
export const updatePreferences = async (
  context: UseCaseContext,
  input: UpdatePreferencesInput,
): Promise<Preferences> => {
  const { id, name } = requirePerson(context);
  return change(context, { id, email: name }, input);
};

/** By id or address. Throws `not_found`. */
const getPerson = async ({ db }: UseCaseContext, idOrEmail: string) => {
  const user = await db.user.findFirst({ where: { OR: [{ id: idOrEmail }, { email: idOrEmail.toLowerCase() }] } });
  if (user === null) throw new HeadroomError('not_found', 'There is no such person.');
  return user;
};

/** Somebody's, for whoever administers people. Throws `not_found`. */
export const getPreferencesOf = async (context: UseCaseContext, idOrEmail: string): Promise<Preferences> => {
  authorise(context, 'users.write');
  const { id: userId } = await getPerson(context, idOrEmail);
  return toPreferences((await context.db.preferences.findUnique({ where: { userId } }))?.value ?? {});
};

/** Changes somebody's, who asked for it. Throws `not_found`. */
export const updatePreferencesOf = async (
  context: UseCaseContext,
  idOrEmail: string,
  input: UpdatePreferencesInput,
): Promise<Preferences> => {
  authorise(context, 'users.write');
  return change(context, await getPerson(context, idOrEmail), input);
};

const change = async (
  context: UseCaseContext,
  { id: userId, email }: { readonly id: string; readonly email: string },
  input: UpdatePreferencesInput,
): Promise<Preferences> =>
  record(context, async (tx) => {
    const row = await tx.preferences.findUnique({ where: { userId } });
    const value = preferencesSchema.parse({ ...toPreferences(row?.value ?? {}), ...input });
    await tx.preferences.upsert({ where: { userId }, create: { userId, value, readIds: [] }, update: { value } });
    return {
      value,
      audit: {
        action: 'account.preferences',
        subject: `user/${email}`,
        detail: { changed: Object.keys(input) },
      },
    };
  });
