import type { PrismaClient } from '@/lib/db/generated/client';
import { LEASE_NAME } from '@/lib/operations/operation-log';

/** How often the leader renews. */
export const RENEW_EVERY_MS = 2_000;
/**
 * A lease that was not renewed for this long may be taken. Whoever held it writes nothing more: every fact of an
 * operation is written under the epoch of its lease.
 */
export const LEASE_MS = 8_000;

/**
 * Takes the lease when nobody has it, its holder is silent for too long, or it is ours already. Resolves with the epoch
 * that this process leads under, or null when another one leads. By the database's own clock, so that two machines need
 * not agree on the time.
 */
export const acquireLease = async (db: PrismaClient, holder: string): Promise<number | null> => {
  const rows = await db.$queryRaw<{ epoch: number }[]>`
    insert into "Lease" ("name", "holder", "epoch", "renewedAt") values (${LEASE_NAME}, ${holder}, 1, clock_timestamp())
    on conflict ("name") do update
      set "epoch" = case when "Lease"."holder" = ${holder} then "Lease"."epoch" else "Lease"."epoch" + 1 end,
          "holder" = ${holder}, "renewedAt" = clock_timestamp()
      where "Lease"."holder" = ${holder}
         or "Lease"."renewedAt" < clock_timestamp() - make_interval(secs => ${LEASE_MS / 1_000}::float8)
    returning "epoch"`;
  return rows[0]?.epoch ?? null;
};

/** Lets another one lead at once. Fine when it is not ours. */
export const releaseLease = async (db: PrismaClient, holder: string): Promise<void> => {
  await db.$executeRaw`
    update "Lease" set "renewedAt" = to_timestamp(0) where "name" = ${LEASE_NAME} and "holder" = ${holder}`;
};
