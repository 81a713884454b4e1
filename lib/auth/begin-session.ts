import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '@/lib/db/generated/client';
import type { Role } from '@/lib/domain/role';
import { SESSION_SECONDS, type SessionMethod } from '@/lib/domain/session';
import { notifyEvents } from '@/lib/events/notify';
import { newId } from '@/lib/usecases/ids';
import { recordIn } from '@/lib/usecases/record';

const ENDED_KEPT_MS = 30 * 24 * 60 * 60_000;
const USER_AGENT_LENGTH_MAX = 300;

interface UserRow {
  readonly email: string;
  readonly role: Role;
  readonly passwordHash: string | null;
}

export interface NewSession {
  readonly userId: string;
  /** The hash that the sign-in was checked against; null where no password was asked. */
  readonly passwordHash: string | null;
  readonly method: SessionMethod;
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Writes a session down, in the audit trail too, and resolves with its id; null when the person was disabled, or has
 * another password than was checked, by now. The person's row is locked meanwhile: what ends their sessions comes before
 * or after, never between.
 */
export const beginSession = async (db: PrismaClient, session: NewSession, now: Date): Promise<string | null> => {
  const { userId, method, address } = session;
  const begun = await db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<readonly UserRow[]>`
      select email, role::text as role, "passwordHash" from "User"
      where id = ${userId} and "disabledAt" is null for share`;
    const user = rows[0];
    if (user === undefined) return null;
    if (session.passwordHash !== null && session.passwordHash !== user.passwordHash) return null;
    const userAgent = session.userAgent.slice(0, USER_AGENT_LENGTH_MAX);
    const { id } = await tx.session.create({
      data: {
        id: newId(),
        userId,
        method,
        address,
        userAgent,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
      },
    });
    await tx.session.deleteMany({ where: { userId, lastSeenAt: { lt: new Date(now.getTime() - ENDED_KEPT_MS) } } });
    const actor = { kind: 'user', id: userId, name: user.email, role: user.role } as const;
    const detail = { sessionId: id, method, address, userAgent };
    const audit = { action: 'session.sign-in', subject: `user/${user.email}`, detail };
    await recordIn(tx, { actor, clock: () => now, requestId: randomUUID() }, { audit });
    return id;
  });
  if (begun !== null) await notifyEvents(db).catch(() => undefined);
  return begun;
};
