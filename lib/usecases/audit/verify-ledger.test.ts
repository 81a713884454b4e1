import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { createRate } from '../billing/rates';
import { closeMonth } from '../billing/statements';
import { TEST_RATE } from '../billing/testing';
import type { UseCaseContext } from '../context';
import { contextOf } from '../testing';
import { liveVm } from '../usage/testing';
import { verifyAudit } from './audit';

let database: TestDatabase;
const at = (time: string): UseCaseContext => ({
  ...contextOf(database.prisma, 'finance'),
  clock: () => new Date(time),
});

beforeAll(async () => {
  database = await createTestDatabase();
  await createRate(at('2026-01-01T00:00:00Z'), TEST_RATE);
  await createRate(at('2026-01-02T00:00:00Z'), { ...TEST_RATE, effectiveFrom: '2026-02-01', vipHour: '0.005' });
  for (let i = 0; i < 5; i += 1)
    await liveVm(database.prisma, { id: `v${i}`, from: `2026-01-1${i}T00:00:00Z`, to: `2026-02-0${i + 1}T00:00:00Z` });
  await closeMonth(at('2026-02-01T00:00:00Z'), { month: '2026-01' });
});
afterAll(() => database.close());

const TABLES = ['AuditEntry', 'UsageFact', 'UsageInterval', 'Rate', 'BillingPeriod', 'Statement', 'StatementLine'];

/** Runs a statement as somebody with all rights over the database could, looks, and takes it back. */
const tampered = async (sql: string) => {
  const client = await database.pool.connect();
  const copies = TABLES.map((table) => [table, `copy_of_${table.toLowerCase()}`] as const);
  const unguarded = async (work: () => Promise<void>): Promise<void> => {
    await client.query("set session_replication_role = 'replica'");
    await work();
    await client.query("set session_replication_role = 'origin'");
  };
  try {
    await unguarded(async () => {
      for (const [table, copy] of copies) await client.query(`create temp table ${copy} as table "${table}"`);
      const { rowCount } = await client.query(sql);
      expect(rowCount).toBeGreaterThan(0);
    });
    return await verifyAudit(at('2026-02-02T00:00:00Z'));
  } finally {
    await unguarded(async () => {
      for (const [table, copy] of copies) {
        await client.query(`delete from "${table}"`);
        await client.query(`insert into "${table}" select * from ${copy}`);
        await client.query(`drop table ${copy}`);
      }
    });
    client.release();
  }
};

it('finds everything as it was written', async () => {
  const { ok, chains } = await verifyAudit(at('2026-02-02T00:00:00Z'));
  expect(chains?.filter((chain) => !chain.ok)).toEqual([]);
  expect(ok).toBe(true);
  expect(chains?.map(({ name, entries }) => [name, entries])).toEqual([
    ['audit trail', 3],
    ['lifecycle log', 10],
    ['usage ledger', 9],
    ['ledger against lifecycle log', 9],
    ['rates', 2],
    ['statements', 1],
  ]);
});

it.each([
  ['the actor of an act', `update "AuditEntry" set "actor" = 'eve' where "seq" = 2`, '2'],
  ['the time of a fact', `update "UsageFact" set "at" = "at" + interval '1 second' where "seq" = 4`, '4'],
  ['a fact that was removed', `delete from "UsageFact" where "seq" = 5`, '5'],
  ['the last fact, removed', `delete from "UsageFact" where "seq" = 10`, '10'],
  [
    'the end of an interval',
    `update "UsageInterval" set "endedAt" = "endedAt" - interval '1 hour' where "seq" = 3`,
    '3',
  ],
  ['whom an interval is charged to', `update "UsageInterval" set "costCentre" = 'other' where "seq" = 1`, '1'],
  ['the last interval, removed', `delete from "UsageInterval" where "seq" = 9`, '9'],
  ['a price', `update "Rate" set "vcpuHour" = 0.02 where "version" = 1`, '1'],
  ['the last rate, removed', `delete from "Rate" where "version" = 2`, '2'],
  ['an amount of a line', `update "StatementLine" set "amount" = 0.01 where "n" = 1`, '1'],
  ['a total', `update "Statement" set "total" = 1`, '1'],
  ['up to where a month took the ledger in', `update "BillingPeriod" set "ledgerSeq" = 3`, '1'],
  ['the last statement, removed', `delete from "Statement"`, '1'],
  ['the last act, removed', `delete from "AuditEntry" where "seq" = 3`, '3'],
  [
    'a line that was put in',
    `insert into "StatementLine" select "statementId", 99, "usageMonth", "clusterId", "clusterName", "tier", "meter", "rateVersion", "unit", "consumed", "quantity", "listUnitPrice", "unitPrice", "amount", "taxPercent", "tax" from "StatementLine" where "n" = 1`,
    '1',
  ],
  ['what a month that is closed was closed by', `update "Statement" set "closedBy" = 'eve'`, '1'],
])('finds a change of %s, and where', async (_what, sql, brokenAt) => {
  const verified = await tampered(sql);
  expect(verified).toMatchObject({ ok: false, brokenAt });
  expect((await verifyAudit(at('2026-02-02T00:00:00Z'))).ok).toBe(true);
});

/** Another value of a column's type, as SQL. */
const otherValue = (column: string, type: string): string => {
  const name = `"${column}"`;
  switch (type) {
    case 'text':
      return `coalesce(${name}, '') || 'x'`;
    case 'boolean':
      return `not ${name}`;
    case 'jsonb':
      return `coalesce(${name}, '{}') || '{"forged": true}'`;
    case 'date':
    case 'numeric':
      return `${name} + 1`;
    case 'timestamp with time zone':
      return `${name} + interval '1 second'`;
    default:
      // Beyond every number that a key has.
      return `${name} + 1000`;
  }
};

it.each(TABLES)(
  'finds a change of any column, and the removal of any row, of %s',
  async (table) => {
    const { rows: columns } = await database.pool.query<{ name: string; type: string }>(
      `select column_name as "name", data_type as "type" from information_schema.columns
     where table_schema = 'public' and table_name = $1 order by ordinal_position`,
      [table],
    );
    expect(columns.length).toBeGreaterThan(3);
    const { rows } = await database.pool.query<{ place: string }>(`select ctid::text as "place" from "${table}"`);
    const middle = Math.floor(rows.length / 2);
    const unseen: string[] = [];
    for (const { name, type } of columns) {
      const sql = `update "${table}" t set "${name}" = ${otherValue(name, type)}
      from (select ctid as "place" from "${table}" order by 1 offset ${middle} limit 1) o where t.ctid = o."place"`;
      // That no two intervals overlap is kept even from whom nothing else is.
      const isUnseen = await tampered(sql).then(
        ({ ok }) => ok,
        (error: { readonly constraint?: string }) => {
          if (error.constraint === 'UsageInterval_no_overlap') return false;
          throw error;
        },
      );
      if (isUnseen) unseen.push(name);
    }
    for (let i = 0; i < rows.length; i += 1) {
      const sql = `delete from "${table}" where ctid = (select ctid from "${table}" order by 1 offset ${i} limit 1)`;
      if ((await tampered(sql)).ok) unseen.push(`row ${i}`);
    }
    expect(unseen).toEqual([]);
  },
  240_000,
);
