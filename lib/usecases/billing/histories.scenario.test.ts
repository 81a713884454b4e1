import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { Decimal } from '@/lib/domain/pricing/price';
import { type Month, monthEndMs, monthOf, monthStartMs, nextMonth } from '@/lib/domain/usage/month';
import { asHeard, BECAUSE, Books, randomLives, seededRandom } from '@/lib/domain/usage/testing';
import { verifyAudit } from '../audit/audit';
import type { UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { contextOf } from '../testing';
import { insertFacts, insertIntervals } from '../usage/note-usage';
import { createRate } from './rates';
import { closeMonth, listStatements } from './statements';
import { TEST_RATE } from './testing';

const HISTORIES = 1_000;
const FROM_MS = Date.parse('2026-01-10T00:00:00.000Z');
const HOUR_MS = 3_600_000;
/** Runs end within it: enough for ends of months, and daily sums stay few. */
const DAYS_MAX = 14;
const PART = 400;
/** Of every VM of the histories: quantities are by vCPU. */
const VCPUS = 2;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const at = (ms: number): UseCaseContext => ({
  ...contextOf(database.prisma, 'finance'),
  clock: () => new Date(ms),
});

/** All histories, as an orchestrator heard of them, by cluster; everything has ended in the end. */
const histories = () => {
  const livedMs = new Map<string, number>();
  const all = new Books();
  let endMs = FROM_MS;
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const random = seededRandom(seed);
    const clusterId = `h${seed}`;
    const lives = randomLives(random, FROM_MS, { clusterId, daysMax: DAYS_MAX });
    const books = new Books();
    const heard = asHeard(
      random,
      lives.flatMap(({ reports }) => reports),
    );
    for (const report of heard) books.note(report);
    const lastMs =
      Math.max(...lives.flatMap(({ reports }) => reports.map((r) => ('atMs' in r ? r.atMs : 0)))) + HOUR_MS;
    let lived = 0;
    for (const { resourceId, startMs, endMs: ended } of lives) {
      const run = { resource: 'vm', resourceId, startedAtMs: startMs } as const;
      const atMs = ended ?? Math.max(lastMs, startMs + HOUR_MS);
      if (ended === null) books.note({ ...run, kind: 'ended', atMs, because: BECAUSE });
      lived += atMs - startMs;
      endMs = Math.max(endMs, atMs);
    }
    livedMs.set(clusterId, lived);
    all.facts.push(...books.facts);
    all.intervals.push(...books.intervals);
  }
  return { livedMs, facts: all.facts, intervals: all.intervals, lastMonth: monthOf(endMs) };
};

/** A statement with very many parameters is slow to make. */
const inParts = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / PART) }, (_, i) => all.slice(i * PART, (i + 1) * PART));

/** What each statement, or its draft, comes to. */
const totals = async (nowMs: number): Promise<readonly (readonly [string, string])[]> => {
  const { items } = await listStatements(at(nowMs), { limit: 1_000 });
  return items.map(({ id, total }) => [id, total] as const).sort();
};

it(`bills what was lived, to the millisecond, in ${HISTORIES} histories; rating again changes nothing`, async () => {
  const { livedMs, facts, intervals, lastMonth } = histories();
  await createRate(at(monthStartMs('2026-01')), { ...TEST_RATE, minimumSeconds: 0 });
  // The database takes each of them, so no two overlap.
  await database.prisma.$transaction(
    async (tx) => {
      await takeLock(tx, 'ledger');
      for (const part of inParts(facts)) await insertFacts(tx, part, new Date(FROM_MS));
      for (const part of inParts(intervals)) await insertIntervals(tx, part, new Date(FROM_MS));
    },
    { timeout: 200_000 },
  );
  const endMs = monthEndMs(lastMonth);
  const drafts = await totals(endMs);
  expect(drafts.length).toBeGreaterThan(5);
  expect(await totals(endMs)).toEqual(drafts);
  const billedMs = new Map<string, Decimal>();
  for (let month: Month = '2026-01'; month <= lastMonth; month = nextMonth(month)) {
    const { statements } = await closeMonth(at(endMs), { month });
    for (const id of statements) {
      const lines = await database.prisma.statementLine.findMany({ where: { statementId: id, meter: 'vcpu' } });
      for (const { clusterId, quantity } of lines)
        billedMs.set(
          clusterId,
          (billedMs.get(clusterId) ?? new Decimal(0)).add(new Decimal(quantity.toString()).mul(HOUR_MS).div(VCPUS)),
        );
    }
  }
  const billed = new Map([...billedMs].map(([clusterId, ms]) => [clusterId, ms.toDecimalPlaces(0).toNumber()]));
  expect([...livedMs].filter(([clusterId, ms]) => billed.get(clusterId) !== ms)).toEqual([]);
  // Drafts were what the statements became, and a month is not closed again.
  expect(await totals(endMs)).toEqual(drafts);
  await expect(closeMonth(at(endMs), { month: lastMonth })).rejects.toMatchObject({ code: 'period_closed' });
  const { chains = [] } = await verifyAudit(at(endMs));
  expect(chains.filter(({ ok }) => !ok)).toEqual([]);
}, 480_000);
