import { getToken } from 'next-auth/jwt';
import type { PrismaClient } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/usecases/context';
import { sessionSecret } from './session-secret';

/** Whether cookies carry the `__Secure-` prefix: when people reach Headroom by https. */
const isSecure = (): boolean => process.env.NEXTAUTH_URL?.startsWith('https://') ?? false;

/**
 * The person whose session the cookies hold; null when there is none, it ran out, or it was ended since (password or
 * role changed, person disabled). The role is the database's, not the cookie's.
 */
export const findSessionActor = async (
  db: PrismaClient,
  cookies: Readonly<Record<string, string>>,
): Promise<Actor | null> => {
  const request = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]['req'];
  const token = await getToken({ req: request, secret: sessionSecret(), secureCookie: isSecure() });
  if (token?.sub === undefined) return null;
  const user = await db.user.findUnique({ where: { id: token.sub } });
  if (user === null || user.disabledAt !== null || user.sessionEpoch !== token.sessionEpoch) return null;
  return { kind: 'user', id: user.id, name: user.email, role: user.role };
};
