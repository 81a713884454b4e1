import type { PrismaClient } from '@/lib/db/generated/client';

/**
 * Between who looks into a guest and the orchestrator, which alone talks to it: something was asked for, typed, printed or
 * answered. No payload: readers look for themselves. A channel of its own, so that a key typed wakes nothing else.
 */
export const GUESTS_CHANNEL = 'headroom_guests';

/** Call it after the commit. A lost notification only delays: both sides also look each second. */
export const notifyGuests = async (db: PrismaClient): Promise<void> => {
  await db.$executeRaw`select pg_notify(${GUESTS_CHANNEL}, '')`;
};
