import type { Database } from '@/lib/usecases/context';
import { LEASE_AGE_MS_MAX } from '@/lib/usecases/status/get-status';

export interface Check {
  readonly ok: boolean;
  readonly message: string;
}

export interface Readiness {
  readonly ok: boolean;
  readonly checks: {
    readonly database: Check;
    readonly migrations: Check;
    readonly orchestrator: Check;
    readonly hosts: Check;
  };
}

const DEADLINE_MS = 3_000;

const withDeadline = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const check = async (work: () => Promise<string | true>): Promise<Check> => {
  try {
    const result = await withDeadline(work());
    return result === true ? { ok: true, message: 'ok' } : { ok: false, message: result };
  } catch {
    return { ok: false, message: 'The database does not answer.' };
  }
};

/** Database there, schema in it, an orchestrator at work, and hosts that it has registered. */
export const checkReadiness = async (db: Database, now: Date): Promise<Readiness> => {
  const [database, migrations, orchestrator, hosts] = await Promise.all([
    check(async () => {
      await db.$queryRaw`select 1`;
      return true;
    }),
    check(async () => {
      const [row] = await db.$queryRaw<{ found: boolean }[]>`select to_regclass('"AuditEntry"') is not null as "found"`;
      return row?.found === true ? true : 'The migrations have not run.';
    }),
    check(async () => {
      const lease = await db.lease.findFirst({ orderBy: { renewedAt: 'desc' } });
      if (lease === null) return 'No orchestrator has ever run.';
      const ageMs = now.getTime() - lease.renewedAt.getTime();
      return ageMs <= LEASE_AGE_MS_MAX ? true : `No orchestrator for ${Math.round(ageMs / 1000)} s.`;
    }),
    check(async () => ((await db.host.count()) > 0 ? true : 'No host is registered yet.')),
  ]);
  const checks = { database, migrations, orchestrator, hosts };
  return { ok: Object.values(checks).every((c) => c.ok), checks };
};
