import { getToken } from 'next-auth/jwt';
import type { PrismaClient } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/usecases/context';
import { roleNeedsCode } from '@/lib/usecases/settings/sign-in';
import { hasSecondFactor } from './second-factor';
import { sessionSecret } from './session-secret';

/** The last use is written down at most this often. */
const TOUCH_MS = 60_000;

/** Whether cookies carry the `__Secure-` prefix: when people reach Headroom by https. */
const isSecure = (): boolean => process.env.NEXTAUTH_URL?.startsWith('https://') ?? false;

/** The id of the session that the cookies name, whether it still holds or not; null without one. */
const findSessionId = async (cookies: Readonly<Record<string, string>>): Promise<string | null> => {
  const request = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]['req'];
  const token = await getToken({ req: request, secret: sessionSecret(), secureCookie: isSecure() });
  return typeof token?.sessionId === 'string' ? token.sessionId : null;
};

/**
 * The person whose session the cookies hold; null when there is none, it ran out, or it was ended since (signed out,
 * revoked, password or role changed, person disabled). The role is the database's, not the cookie's.
 */
export const findSessionActor = async (
  db: PrismaClient,
  cookies: Readonly<Record<string, string>>,
  now: Date = new Date(),
): Promise<Actor | null> => {
  const sessionId = await findSessionId(cookies);
  if (sessionId === null) return null;
  const session = await db.session.findUnique({ where: { id: sessionId }, include: { user: true } });
  if (session === null || session.endedAt !== null || session.expiresAt <= now) return null;
  const { user } = session;
  if (user.disabledAt !== null) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) {
    await db.session.updateMany({ where: { id: session.id, endedAt: null }, data: { lastSeenAt: now } });
  }
  const mustEnrol = session.method === 'password' && !hasSecondFactor(user) && (await roleNeedsCode(db, user.role));
  return { kind: 'user', id: user.id, name: user.email, role: user.role, sessionId: session.id, mustEnrol };
};
