import type { PrismaClient } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/usecases/context';
import { hashToken } from './token';

/** The last use is written down at most this often. */
const TOUCH_MS = 60_000;

/** The actor of an API token; null when it is unknown or revoked. */
export const findTokenActor = async (db: PrismaClient, token: string, now: Date): Promise<Actor | null> => {
  const row = await db.apiToken.findUnique({ where: { tokenHash: hashToken(token) } });
  if (row === null || row.revokedAt !== null) return null;
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > TOUCH_MS) {
    await db.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now } });
  }
  return { kind: 'token', id: row.id, name: row.name, role: row.role };
};
