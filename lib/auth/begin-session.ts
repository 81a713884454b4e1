import type { PrismaClient } from '@/lib/db/generated/client';
import { SESSION_SECONDS, type SessionMethod } from '@/lib/domain/session';
import { newId } from '@/lib/usecases/ids';

const ENDED_KEPT_MS = 30 * 24 * 60 * 60_000;
const USER_AGENT_LENGTH_MAX = 300;

export interface NewSession {
  readonly userId: string;
  /** The hash that the sign-in was checked against; null where no password was asked. */
  readonly passwordHash: string | null;
  readonly method: SessionMethod;
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Writes a session down and resolves with its id; null when the person was disabled, or has another password than was
 * checked, by now. The person's row is locked meanwhile: what ends their sessions comes before or after, never between.
 */
export const beginSession = async (db: PrismaClient, session: NewSession, now: Date): Promise<string | null> =>
  db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<readonly { readonly passwordHash: string | null }[]>`
      select "passwordHash" from "User" where id = ${session.userId} and "disabledAt" is null for share`;
    const user = rows[0];
    if (user === undefined) return null;
    if (session.passwordHash !== null && session.passwordHash !== user.passwordHash) return null;
    const { id } = await tx.session.create({
      data: {
        id: newId(),
        userId: session.userId,
        method: session.method,
        address: session.address,
        userAgent: session.userAgent.slice(0, USER_AGENT_LENGTH_MAX),
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
      },
    });
    await tx.session.deleteMany({
      where: { userId: session.userId, lastSeenAt: { lt: new Date(now.getTime() - ENDED_KEPT_MS) } },
    });
    return id;
  });
