import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type DatabaseConnection } from '@/lib/db/client';
import { ensureEmbeddedPostgres } from '@/lib/db/embedded';
import { migrateDatabase } from '@/lib/db/migrate';
import { COST_GROUPS } from '@/lib/domain/contract';
import { getCosts } from '@/lib/usecases/billing/costs';
import { ensureFirstRate } from '@/lib/usecases/billing/rates';
import { closeMonth } from '@/lib/usecases/billing/statements';
import { systemActor, type UseCaseContext } from '@/lib/usecases/context';
import { untilInterrupted } from '../interruption';
import type { BenchCase, BenchContext, Measurement } from '../types';

const VMS = 10_000;
const INTERVALS_PER_VM = 100;
const BATCHES = 20;
const MONTH = '2026-11';
const LAST_HOUR = '2026-11-30T23:00:00.000Z';
const AFTER = '2026-12-02T00:00:00.000Z';
const CLOSE_MS_MAX = 60_000;
const EXPLORER_MS_MAX = 300;

const at = (connection: DatabaseConnection, time: string): UseCaseContext => ({
  db: connection.prisma,
  actor: systemActor('bench'),
  clock: () => new Date(time),
  requestId: 'bench',
});

/**
 * 10,000 VMs in 200 clusters of 20 cost centres, each with an interval every 7.2 hours of November. Rows are made by the
 * database, without the hashes that the meter gives them: those take no part in what is measured.
 */
const fill = async (connection: DatabaseConnection, say: BenchContext['say']): Promise<void> => {
  await connection.pool.query(
    `insert into "UsageFact" values (1, 'first', 'first', 'started', 'vm', 'v0', '2026-11-01Z', '2026-11-01Z',
      '2026-11-01Z', null, null, 'bench', 'bench', '', '')`,
  );
  const perBatch = VMS / BATCHES;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await connection.pool.query(
      `insert into "UsageInterval"
       select v * ${INTERVALS_PER_VM} + k + 1, 'vm.' || v || '.' || k, 'vm.' || v || '.' || k, 'vm', 'v' || v, 'v' || v,
         timestamptz '2026-11-01Z' + k * interval '432 minutes', timestamptz '2026-11-01Z' + (k + 1) * interval '432 minutes',
         timestamptz '2026-11-01Z' + k * interval '432 minutes', true,
         case when v % 25 = 0 then 'spare' when k % 10 = 0 then 'overlap' else 'service' end,
         'c' || v / 50, 'c' || v / 50, 'centre' || v / 500, 'site' || v % 2, 'host' || v % 200,
         1 + v % 8, 1024, 10, null, 'bench', 'reason ' || k % 10, null, 'bench', 'bench', now(), '', ''
       from generate_series($1::int, $2::int) v, generate_series(0, ${INTERVALS_PER_VM - 1}) k`,
      [batch * perBatch, (batch + 1) * perBatch - 1],
    );
    say(`${(((batch + 1) * VMS * INTERVALS_PER_VM) / BATCHES).toLocaleString('en')} intervals`);
  }
  await connection.pool.query('analyze');
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const percentile95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

const measure = async (connection: DatabaseConnection, context: BenchContext): Promise<readonly Measurement[]> => {
  await ensureFirstRate(at(connection, '2026-11-01T00:00:00.000Z'));
  await fill(connection, context.say);
  const explorer: number[] = [];
  for (let run = 0; run < context.runs * 4; run += 1)
    for (const groupBy of COST_GROUPS)
      explorer.push(await timed(() => getCosts(at(connection, LAST_HOUR), { month: MONTH, groupBy })));
  const closing = await timed(() => closeMonth(at(connection, AFTER), { month: MONTH }));
  return [
    {
      name: 'cost explorer over a million intervals, p95',
      unit: 'ms',
      values: [percentile95(explorer)],
      target: { kind: 'maximum', atMost: EXPLORER_MS_MAX },
    },
    {
      name: 'closing a month of a million intervals',
      unit: 'ms',
      values: [closing],
      target: { kind: 'maximum', atMost: CLOSE_MS_MAX },
    },
  ];
};

/** A month of 10,000 VMs that change all the time, in a database of its own. */
export const billing: BenchCase = {
  name: 'billing',
  description: 'closes a month of a million intervals and explores its cost',
  run: async (context) => {
    const directory = await mkdtemp(join(tmpdir(), 'headroom-bench-billing-'));
    await chmod(directory, 0o755);
    const server = await ensureEmbeddedPostgres(directory, { durable: false });
    try {
      await migrateDatabase(server.url);
      const connection = createDatabase(server.url);
      try {
        return await untilInterrupted(() => measure(connection, context));
      } finally {
        await connection.close();
      }
    } finally {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    }
  },
};
