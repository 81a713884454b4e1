import type { Prisma } from '@/lib/db/generated/client';
import type { SessionView } from '@/lib/domain/contract';
import { SESSION_METHODS } from '@/lib/domain/session';

export const SESSION_INCLUDE = {
  user: { select: { id: true, email: true, name: true } },
} as const satisfies Prisma.SessionInclude;

export type SessionRow = Prisma.SessionGetPayload<{ include: typeof SESSION_INCLUDE }>;

/** @param currentId the session in which somebody asks */
export const toSessionView = (session: SessionRow, currentId: string | undefined): SessionView => ({
  id: session.id,
  user: session.user,
  method: SESSION_METHODS.find((method) => method === session.method) ?? 'password',
  address: session.address,
  userAgent: session.userAgent,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  current: session.id === currentId,
});
