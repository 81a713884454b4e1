import { randomBytes } from 'node:crypto';
import type { Prisma, PrismaClient } from '@/lib/db/generated/client';
import { HeadroomError } from '@/lib/domain/errors';
import { hashToken } from './token';

const LIFETIME_MS = 24 * 60 * 60_000;

/**
 * A one-time link to the page that makes the first administrator: the path and query, `/setup?token=…`. Only the hash
 * is kept, links made before stop working. Null when there is an administrator already.
 */
export const createSetupLink = async (db: PrismaClient, now: Date = new Date()): Promise<string | null> => {
  if (await hasAdministrator(db)) return null;
  const token = randomBytes(32).toString('base64url');
  await db.$transaction([
    db.setupLink.deleteMany({ where: { usedAt: null } }),
    db.setupLink.create({ data: { tokenHash: hashToken(token), expiresAt: new Date(now.getTime() + LIFETIME_MS) } }),
  ]);
  return `/setup?token=${token}`;
};

export const hasAdministrator = async (db: PrismaClient | Prisma.TransactionClient): Promise<boolean> =>
  (await db.user.count({ where: { role: 'admin', disabledAt: null } })) > 0;

/** Whether the token would open the set-up page now. */
export const isSetupLinkValid = async (db: PrismaClient, token: string, now: Date = new Date()): Promise<boolean> => {
  const link = await db.setupLink.findUnique({ where: { tokenHash: hashToken(token) } });
  return link !== null && link.usedAt === null && link.expiresAt > now && !(await hasAdministrator(db));
};

/** Uses the link up. Throws `forbidden` when it is unknown, used or expired. At most one caller succeeds. */
export const consumeSetupLink = async (tx: Prisma.TransactionClient, token: string, now: Date): Promise<void> => {
  const { count } = await tx.setupLink.updateMany({
    where: { tokenHash: hashToken(token), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count === 1) return;
  throw new HeadroomError(
    'forbidden',
    'This set-up link is not valid (any more). Restart Headroom: it prints a new one as long as there is no administrator.',
  );
};
