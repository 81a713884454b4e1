import type { AuditVerifyView } from '@/lib/domain/contract';
import { money } from '@/lib/domain/pricing/price';
import { statementLines } from '@/lib/domain/pricing/statement';
import { checkLedger } from '@/lib/domain/usage/check';
import { loadRates, rateContent } from '../billing/rates';
import { chargedRowsOf, decimal, fromLineRow, lineContent, statementContent } from '../billing/statements';
import { loadUsageGroups } from '../billing/usage-groups';
import { canonicalJson } from '../canonical-json';
import { type ChainEnd, type Chained, endOfChain, walkChain } from '../chain';
import type { Database } from '../context';
import { factContent, fromFactRow, fromIntervalRow, intervalContent } from '../usage/rows';
import { findBegin } from './retention';

type ChainVerdict = NonNullable<AuditVerifyView['chains']>[number];

const BATCH = 2_000;

const verdict = async <T>(
  name: string,
  what: string,
  read: (after: bigint) => Promise<readonly (T & Chained)[]>,
  contentOf: (row: T, seq: bigint) => object,
  end: ChainEnd,
): Promise<ChainVerdict> => {
  const { last, broken } = await walkChain(what, read, contentOf, end);
  if (broken !== null)
    return { name, ok: false, entries: Number(last.seq), brokenAt: broken.seq.toString(), message: broken.message };
  const message = last.seq === 0n ? 'Nothing yet.' : `All ${last.seq} as they were written. Last hash: ${last.hash}.`;
  return { name, ok: true, entries: Number(last.seq), brokenAt: null, message };
};

const verifyFacts = (db: Database): Promise<ChainVerdict> =>
  verdict(
    'lifecycle log',
    'Fact',
    async (seq) => {
      const rows = await db.usageFact.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: BATCH });
      return rows.map((row) => ({ ...row, subject: fromFactRow(row).subject }));
    },
    factContent,
    endOfChain(db, 'UsageFact'),
  );

const verifyIntervals = (db: Database): Promise<ChainVerdict> =>
  verdict(
    'usage ledger',
    'Interval',
    (seq) => db.usageInterval.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: BATCH }),
    intervalContent,
    endOfChain(db, 'UsageInterval'),
  );

const broken = (name: string, entries: number, brokenAt: string, message: string): ChainVerdict => ({
  name,
  ok: false,
  entries,
  brokenAt,
  message,
});

/** Every interval follows from the lifecycle log, and none that follows from it is missing. */
const verifyFounded = async (db: Database): Promise<ChainVerdict> => {
  const name = 'ledger against lifecycle log';
  const strays = await db.$queryRaw<{ id: string }[]>`
    select i."id" from "UsageInterval" i
    where not exists (select 1 from "UsageFact" f where f."runId" = i."runId" and f."kind" = 'started')
    order by i."seq" limit 1`;
  if (strays[0] !== undefined) return broken(name, 0, strays[0].id, `Interval ${strays[0].id} follows from no fact.`);
  let checked = 0;
  let after = '';
  for (;;) {
    const runs = await db.usageFact.groupBy({
      by: ['runId'],
      where: { runId: { gt: after } },
      orderBy: { runId: 'asc' },
      take: BATCH,
    });
    const ids = runs.map(({ runId }) => runId);
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
    const where = { runId: { in: ids } };
    const facts = (await db.usageFact.findMany({ where, orderBy: { seq: 'asc' } })).map(fromFactRow);
    const intervals = (await db.usageInterval.findMany({ where, orderBy: { seq: 'asc' } })).map(fromIntervalRow);
    const [fault] = checkLedger(facts, intervals);
    if (fault !== undefined)
      return broken(name, checked, fault.id, `${fault.id}: ${fault.kind} of ${fault.ms / 1_000} s.`);
    checked += intervals.length;
  }
  return {
    name,
    ok: true,
    entries: checked,
    brokenAt: null,
    message: `All ${checked} intervals, without gap or overlap.`,
  };
};

const verifyRates = async (db: Database): Promise<ChainVerdict> => {
  const name = 'rates';
  const chain = await verdict(
    name,
    'Rate',
    async (seq) => {
      const rows = await db.rate.findMany({ where: { version: { gt: Number(seq) } }, orderBy: { version: 'asc' } });
      return rows.map((row) => ({ ...row, seq: BigInt(row.version) }));
    },
    rateContent,
    endOfChain(db, 'Rate'),
  );
  if (!chain.ok) return chain;
  // A chain that was made anew as a whole is not the one that the audit trail speaks of.
  const acts = await db.auditEntry.findMany({ where: { action: 'rate.create' }, select: { detail: true } });
  const rows = new Map((await db.rate.findMany()).map((row) => [row.version, row.hash]));
  for (const { detail } of acts) {
    const { version, hash } = detail as { version: number; hash: string };
    if (rows.get(version) !== hash)
      return broken(name, chain.entries, String(version), `Rate ${version} is not the one that the audit trail has.`);
  }
  return chain;
};

interface AuditedStatement {
  readonly id: string;
  readonly hash: string;
}

/** The first closed month that the audit trail tells of otherwise; null when all are as they were closed. */
const findForgedPeriod = async (db: Database): Promise<string | null> => {
  const acts = await db.auditEntry.findMany({ where: { action: 'statement.close' } });
  const bySubject = new Map(acts.map((act) => [act.subject, act]));
  const isWhole = (await findBegin(db)).seq === 0n;
  const periods = await db.billingPeriod.findMany({ orderBy: { month: 'asc' }, include: { statements: true } });
  const forged = periods.find(({ month, ledgerSeq, ledgerHash, closedBy, closedAt, statements }) => {
    if (statements.some((statement) => statement.closedAt.getTime() !== closedAt.getTime())) return true;
    const act = bySubject.get(`month/${month}`);
    // Closed so long ago that the entry was kept long enough.
    if (act === undefined) return isWhole;
    const said = act.detail as unknown as { readonly ledgerSeq: string; readonly ledgerHash: string };
    return said.ledgerSeq !== ledgerSeq.toString() || said.ledgerHash !== ledgerHash || act.actor !== closedBy;
  });
  return forged?.month ?? null;
};

/** @param isFounded whether ledger and rates are whole: from others nothing can be said to follow */
const verifyStatements = async (db: Database, isFounded: boolean): Promise<ChainVerdict> => {
  const name = 'statements';
  const rates = await loadRates(db);
  const hashes = new Map((await db.rate.findMany()).map((row) => [row.version, row.hash]));
  const periods = new Map((await db.billingPeriod.findMany()).map((row) => [row.month, row]));
  const chain = await verdict(
    name,
    'Statement',
    async (seq) => {
      const rows = await db.statement.findMany({
        where: { seq: { gt: seq } },
        orderBy: { seq: 'asc' },
        take: 50,
        include: { lines: { orderBy: { n: 'asc' } } },
      });
      return rows.map((row) => {
        const lines = row.lines.map((line) => lineContent(fromLineRow(line)));
        const versions = [...new Set(lines.map((line) => line.rateVersion))].sort((a, b) => a - b);
        return {
          ...row,
          net: money(decimal(row.net)),
          tax: money(decimal(row.tax)),
          total: money(decimal(row.total)),
          // Of a month that is not there any more nothing is right.
          ledgerSeq: periods.get(row.month)?.ledgerSeq.toString() ?? '',
          ledgerHash: periods.get(row.month)?.ledgerHash ?? '',
          rates: versions.map((version) => ({ version, hash: hashes.get(version) ?? '' })),
          lines,
        };
      });
    },
    statementContent,
    endOfChain(db, 'Statement'),
  );
  if (!chain.ok) return chain;
  const acts = await db.auditEntry.findMany({ where: { action: 'statement.close' }, select: { detail: true } });
  const known = new Map((await db.statement.findMany()).map((row) => [row.id, row.hash]));
  for (const { detail } of acts) {
    const { statements } = detail as unknown as { statements: readonly AuditedStatement[] };
    const other = statements.find(({ id, hash }) => known.get(id) !== hash);
    if (other !== undefined)
      return broken(name, chain.entries, other.id, `Statement ${other.id} is not the one that the audit trail has.`);
  }
  const closing = await findForgedPeriod(db);
  if (closing !== null)
    return broken(name, chain.entries, closing, `That ${closing} was closed is not as the audit trail has it.`);
  if (!isFounded) return chain;
  // Each line follows from the intervals that it charges and the rate that prices it.
  for (const { month } of await db.billingPeriod.findMany({ orderBy: { month: 'asc' } })) {
    const groups = await loadUsageGroups(db, await chargedRowsOf(db, month), rates);
    for (const statement of await db.statement.findMany({
      where: { month },
      include: { lines: { orderBy: { n: 'asc' } } },
    })) {
      const wanted = statementLines(groups.get(statement.costCentre) ?? []).map(lineContent);
      const found = statement.lines.map((line) => lineContent(fromLineRow(line)));
      const wrong = Array.from({ length: Math.max(wanted.length, found.length) }, (_, i) => i).find(
        (i) => canonicalJson(wanted[i] ?? null) !== canonicalJson(found[i] ?? null),
      );
      if (wrong !== undefined) {
        const at = `${statement.id}.${wrong + 1}`;
        return broken(name, chain.entries, at, `Line ${wrong + 1} of ${statement.id} does not follow from the ledger.`);
      }
    }
  }
  return chain;
};

/** From the lifecycle log to the ledger, the rates and the statements: each whole in itself, and each following. */
export const verifyBilling = async (db: Database): Promise<readonly ChainVerdict[]> => {
  const before = [await verifyFacts(db), await verifyIntervals(db), await verifyFounded(db), await verifyRates(db)];
  return [
    ...before,
    await verifyStatements(
      db,
      before.every(({ ok }) => ok),
    ),
  ];
};
