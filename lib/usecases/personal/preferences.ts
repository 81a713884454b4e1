import { type Preferences, preferencesSchema, type UpdatePreferencesInput } from '@/lib/domain/contract';
import type { UseCaseContext } from '../context';
import { record } from '../record';
import { requirePerson } from '../require-person';

/** What is stored, as far as it still is what may be chosen; what everybody begins with otherwise. */
const parse = (value: unknown): Preferences => {
  const parsed = preferencesSchema.safeParse(value);
  return parsed.success ? parsed.data : preferencesSchema.parse({});
};

/** One's own; a token has none and is shown what everybody begins with. */
export const getPreferences = async ({ db, actor }: UseCaseContext): Promise<Preferences> => {
  if (actor.kind !== 'user') return preferencesSchema.parse({});
  const row = await db.preferences.findUnique({ where: { userId: actor.id } });
  return parse(row?.value ?? {});
};

/** Changes one's own. Throws `forbidden` for whoever is no person. */
export const updatePreferences = async (
  context: UseCaseContext,
  input: UpdatePreferencesInput,
): Promise<Preferences> => {
  const { id: userId } = requirePerson(context);
  return record(context, async (tx) => {
    const row = await tx.preferences.findUnique({ where: { userId } });
    const value = preferencesSchema.parse({ ...parse(row?.value ?? {}), ...input });
    await tx.preferences.upsert({ where: { userId }, create: { userId, value, readIds: [] }, update: { value } });
    return {
      value,
      audit: {
        action: 'account.preferences',
        subject: `user/${context.actor.name}`,
        detail: { changed: Object.keys(input) },
      },
    };
  });
};
