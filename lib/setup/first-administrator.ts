import { randomUUID } from 'node:crypto';
import { createSetupLink } from '@/lib/auth/setup-link';
import type { PrismaClient } from '@/lib/db/generated/client';
import { createUserSchema } from '@/lib/domain/contract';
import { ensureAdministrator } from '@/lib/usecases/users/create-first-administrator';
import { SetupError } from './setup-error.mjs';

const NAMES = { email: 'HEADROOM_ADMIN_EMAIL', password: 'HEADROOM_ADMIN_PASSWORD' } as const;
const schema = createUserSchema.pick({ email: true, password: true });

export type AdministratorCredentials = ReturnType<typeof schema.parse>;

/** HEADROOM_ADMIN_EMAIL and HEADROOM_ADMIN_PASSWORD; null when neither is set. Throws `SetupError` when they are no good. */
export const readAdministrator = (
  env: Readonly<Record<string, string | undefined>>,
): AdministratorCredentials | null => {
  const given = { email: env[NAMES.email] || undefined, password: env[NAMES.password] || undefined };
  if (given.email === undefined && given.password === undefined) return null;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path[0] === 'password' ? NAMES.password : NAMES.email;
    return `${name}: ${env[name] ? message : 'is missing.'}`;
  });
  throw new SetupError(problems.join('\n'));
};

/**
 * Sees to it that somebody can sign in: makes the administrator that was named, else resolves with the path of the
 * one-time page that makes one. Null when there is an administrator.
 */
export const ensureWayIn = async (db: PrismaClient, named: AdministratorCredentials | null): Promise<string | null> => {
  if (named !== null) await ensureAdministrator({ db, clock: () => new Date(), requestId: randomUUID() }, named);
  return createSetupLink(db);
};
