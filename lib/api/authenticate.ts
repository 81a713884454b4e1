import type { NextRequest } from 'next/server';
import { findTokenActor } from '@/lib/auth/find-token-actor';
import { isSameOrigin } from '@/lib/auth/same-origin';
import { findSessionActor } from '@/lib/auth/session';
import { bearerTokenOf } from '@/lib/auth/token';
import { HeadroomError } from '@/lib/domain/errors';
import type { Actor, Database } from '@/lib/usecases/context';

/**
 * Who sent a request: an API token's bearer, else the browser's session. A request with an `Authorization` header never
 * falls back to the session. Throws `unauthenticated`, or `forbidden` for a session used by another origin's page.
 */
export const authenticate = async (db: Database, request: NextRequest, now: Date): Promise<Actor> => {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const token = bearerTokenOf(authorization);
    const actor = token === null ? null : await findTokenActor(db, token, now);
    if (actor === null) throw new HeadroomError('unauthenticated', 'This token is unknown or revoked.');
    return actor;
  }
  const cookies = Object.fromEntries(request.cookies.getAll().map((c) => [c.name, c.value]));
  const actor = await findSessionActor(db, cookies);
  if (actor === null) {
    throw new HeadroomError('unauthenticated', 'Sign in, or send a token: `Authorization: Bearer hr_…`.');
  }
  if (!isSameOrigin(request)) {
    throw new HeadroomError('forbidden', 'With a session, changes are accepted from the console itself only.');
  }
  return actor;
};
