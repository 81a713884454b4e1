import { randomUUID } from 'node:crypto';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getDatabase } from '@/lib/db/client';
import { HeadroomError } from '@/lib/domain/errors';
import type { Actor, UseCaseContext } from '@/lib/usecases/context';
import { findSessionActor } from './session';

/** Who is signed in, in a server component or action; null when nobody is. */
export const findActor = async (): Promise<Actor | null> => {
  const jar = await cookies();
  return findSessionActor(getDatabase(), Object.fromEntries(jar.getAll().map((c) => [c.name, c.value])));
};

const contextOf = (actor: Actor): UseCaseContext => ({
  db: getDatabase(),
  actor,
  clock: () => new Date(),
  requestId: randomUUID(),
});

/** Throws `unauthenticated` when nobody is signed in (any more). Every action asks it, whatever proxy.ts let through. */
export const requireActor = async (): Promise<Actor> => {
  const actor = await findActor();
  if (actor === null) throw new HeadroomError('unauthenticated', 'Sign in first.');
  return actor;
};

/** For server actions: what the use cases want. Throws `unauthenticated`. */
export const actionContext = async (): Promise<UseCaseContext> => contextOf(await requireActor());

/** For pages: sends whoever is not signed in to the sign-in page, and whoever has to set up two-factor there. */
export const pageContext = async (): Promise<UseCaseContext> => {
  const actor = await findActor();
  if (actor === null) redirect('/signin');
  if (actor.mustEnrol === true) redirect('/two-factor');
  return contextOf(actor);
};
