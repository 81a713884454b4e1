import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '@/lib/db/generated/client';
import { systemActor, type UseCaseContext } from '@/lib/usecases/context';
import { record } from '@/lib/usecases/record';
import { createRateLimit, type RateLimit } from './rate-limit';

const WINDOW_MS = 15 * 60_000;
/** Entries about people who do not exist: whoever tries addresses must not fill the trail. */
const STRANGERS_MAX = 50;

const holder = globalThis as typeof globalThis & { headroomStrangers?: RateLimit };
const sharedStrangers = (): RateLimit => {
  holder.headroomStrangers ??= createRateLimit({ attemptsMax: STRANGERS_MAX, windowMs: WINDOW_MS, keysMax: 1 });
  return holder.headroomStrangers;
};

/**
 * Why a sign-in failed: `unknown` person, another `password`, another `code`, a `disabled` person, one without a
 * password; or what single sign-on answered, as `sso-no-role`.
 */
export interface FailedSignIn {
  /** The address of a person who exists; null: what was typed is not kept, it may be a password in the wrong field. */
  readonly email: string | null;
  readonly why: string;
  readonly address: string;
  readonly userAgent: string;
  /** How long further attempts of this person from this address are refused; 0: they are not. */
  readonly waitMs: number;
}

/** Writes a failed sign-in into the audit trail; of strangers at most 50 in 15 minutes, the last of which says so. */
export const recordFailedSignIn = async (
  db: PrismaClient,
  { email, why, address, userAgent, waitMs }: FailedSignIn,
  now: Date,
  strangers: RateLimit = sharedStrangers(),
): Promise<void> => {
  if (email === null && !strangers.attempt('', now.getTime())) return;
  const silentMs = email === null ? strangers.waitMs('', now.getTime()) : 0;
  const context: UseCaseContext = { db, actor: systemActor('sign-in'), clock: () => now, requestId: randomUUID() };
  await record(context, async () => ({
    value: undefined,
    audit: {
      action: 'session.sign-in-failed',
      subject: email === null ? 'user' : `user/${email}`,
      detail: {
        why,
        address,
        userAgent: userAgent.slice(0, 300),
        ...(waitMs > 0 ? { refusedForSeconds: Math.ceil(waitMs / 1_000) } : {}),
        ...(silentMs > 0 ? { othersLeftOutForSeconds: Math.ceil(silentMs / 1_000) } : {}),
      },
    },
  }));
};

/** Ends the session of whoever signs out; nothing when it was ended before. */
export const signOut = async (db: PrismaClient, sessionId: string, now: Date): Promise<void> => {
  const session = await db.session.findUnique({ where: { id: sessionId }, include: { user: true } });
  if (session === null || session.endedAt !== null) return;
  const { user } = session;
  const actor = { kind: 'user', id: user.id, name: user.email, role: user.role, sessionId } as const;
  await record({ db, actor, clock: () => now, requestId: randomUUID() }, async (tx) => {
    await tx.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: now } });
    return {
      value: undefined,
      audit: { action: 'session.sign-out', subject: `user/${user.email}`, detail: { sessionId } },
    };
  });
};
