import type { StatementLine as LineRow, Prisma } from '@/lib/db/generated/client';
import type {
  CloseMonthInput,
  Page,
  PageQuery,
  StatementLineView,
  StatementSummary,
  StatementView,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { Decimal, type Meter, money, plain } from '@/lib/domain/pricing/price';
import { type StatementLine, statementLines, totalsOf } from '@/lib/domain/pricing/statement';
import { type Month, monthEndMs, monthOf, nextMonth } from '@/lib/domain/usage/month';
import { CHAIN_GENESIS, chainAfter } from '../chain';
import { authorise, type Database, describeActor, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { record } from '../record';
import { toTier } from '../usage/rows';
import { currencyOf, loadRates } from './rates';
import { type ChargedRows, loadUsageGroups } from './usage-groups';

const QUANTITY_PLACES = 10;
const PRICE_PLACES = 14;
/** A month of a million intervals takes some 20 s on a busy machine of two processors. */
const CLOSE_TIMEOUT_MS = 240_000;

export const statementIdOf = (month: Month, costCentre: string): string => `${month}.${costCentre}`;

const INCLUDE = {
  sendings: { orderBy: { sentAt: 'asc' } },
  mails: { where: { state: { not: 'sent' } }, orderBy: [{ requestedAt: 'asc' }, { to: 'asc' }] },
} as const satisfies Prisma.StatementInclude;
type StatementRow = Prisma.StatementGetPayload<{ include: typeof INCLUDE }>;

export const decimal = (value: { toString(): string }): Decimal => new Decimal(value.toString());

/** Only closing a month writes the column; what was tampered with stays as it is, so that it is found. */
const toMeter = (text: string): Meter => text as Meter;

export const fromLineRow = (row: LineRow): StatementLine => ({
  n: row.n,
  usageMonth: row.usageMonth,
  clusterId: row.clusterId,
  clusterName: row.clusterName,
  tier: toTier(row.tier),
  meter: toMeter(row.meter),
  rateVersion: row.rateVersion,
  unit: row.unit,
  consumed: decimal(row.consumed),
  quantity: decimal(row.quantity),
  listUnitPrice: decimal(row.listUnitPrice),
  unitPrice: decimal(row.unitPrice),
  amount: decimal(row.amount),
  taxPercent: decimal(row.taxPercent),
  tax: decimal(row.tax),
});

/** A line as it is stored and hashed: decimals as text. */
export const lineContent = (line: StatementLine) => ({
  n: line.n,
  usageMonth: line.usageMonth,
  clusterId: line.clusterId,
  clusterName: line.clusterName,
  tier: line.tier,
  meter: line.meter,
  rateVersion: line.rateVersion,
  unit: line.unit,
  consumed: plain(line.consumed, QUANTITY_PLACES),
  quantity: plain(line.quantity, QUANTITY_PLACES),
  listUnitPrice: plain(line.listUnitPrice, PRICE_PLACES),
  unitPrice: plain(line.unitPrice, PRICE_PLACES),
  amount: money(line.amount),
  taxPercent: plain(line.taxPercent, 4),
  tax: money(line.tax),
});

interface StatementContent {
  readonly id: string;
  readonly month: string;
  readonly costCentre: string;
  readonly currency: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly closedAt: Date;
  readonly closedBy: string;
  readonly ledgerSeq: string;
  readonly ledgerHash: string;
  readonly rates: readonly { readonly version: number; readonly hash: string }[];
  readonly lines: readonly ReturnType<typeof lineContent>[];
}

/**
 * What is hashed of a statement: itself, its lines, the hashes of the rates that they are priced by, and of the last row
 * of the ledger that it took in.
 */
export const statementContent = (content: StatementContent, seq: bigint): object => ({
  seq: seq.toString(),
  id: content.id,
  month: content.month,
  costCentre: content.costCentre,
  currency: content.currency,
  net: content.net,
  tax: content.tax,
  total: content.total,
  closedAt: content.closedAt,
  closedBy: content.closedBy,
  ledgerSeq: content.ledgerSeq,
  ledgerHash: content.ledgerHash,
  rates: content.rates,
  lines: content.lines,
});

const toLineView = (line: StatementLine, month: Month): StatementLineView => {
  const { clusterId, clusterName, listUnitPrice: _, ...rest } = lineContent(line);
  return {
    ...rest,
    correction: line.usageMonth !== month,
    cluster: { id: clusterId, name: clusterName },
    tier: line.tier,
    meter: line.meter,
  };
};

const toSummary = (row: StatementRow): StatementSummary => ({
  id: row.id,
  month: row.month,
  costCentre: row.costCentre,
  state: row.sendings.length > 0 ? 'sent' : 'closed',
  currency: row.currency,
  net: money(decimal(row.net)),
  tax: money(decimal(row.tax)),
  total: money(decimal(row.total)),
  closedAt: row.closedAt.toISOString(),
  closedBy: row.closedBy,
  sentAt: row.sendings.at(-1)?.sentAt.toISOString() ?? null,
});

const lastClosed = (db: Database | Transaction) => db.billingPeriod.findFirst({ orderBy: { month: 'desc' } });

/** Which rows a month's statements charge, as they were closed or, of a month that is open, as they are now. */
export const chargedRowsOf = async (db: Database | Transaction, month: Month): Promise<ChargedRows> => {
  const period = await db.billingPeriod.findUnique({ where: { month } });
  const before = await db.billingPeriod.findFirst({ where: { month: { lt: month } }, orderBy: { month: 'desc' } });
  return { month, afterSeq: before?.ledgerSeq ?? 0n, throughSeq: period?.ledgerSeq ?? null };
};

/** The month that would be closed next: the one after the last, or the first with any usage; null without usage. */
const openMonth = async (db: Database | Transaction): Promise<Month | null> => {
  const closed = await lastClosed(db);
  if (closed !== null) return nextMonth(closed.month);
  const first = await db.usageFact.findFirst({ orderBy: { at: 'asc' }, select: { at: true } });
  return first === null ? null : monthOf(first.at.getTime());
};

interface Draft {
  readonly month: Month;
  readonly costCentre: string;
  readonly lines: readonly StatementLine[];
}

/** Drafts of all months that are not closed, newest first. Later facts of closed months stand in the first of them. */
const loadDrafts = async (db: Database, now: Date): Promise<readonly Draft[]> => {
  const rates = await loadRates(db);
  const drafts: Draft[] = [];
  const first = await openMonth(db);
  if (first === null) return [];
  for (let month = first; month <= monthOf(now.getTime()); month = nextMonth(month)) {
    const rows = await chargedRowsOf(db, month);
    const groups = await loadUsageGroups(db, rows, rates);
    for (const [costCentre, own] of groups) {
      const lines = statementLines(own.filter((group) => month === first || group.usageMonth === month));
      if (lines.length > 0) drafts.push({ month, costCentre, lines });
    }
  }
  return drafts.reverse();
};

const draftSummary = (draft: Draft, currency: string): StatementSummary => {
  const totals = totalsOf(draft.lines);
  return {
    id: statementIdOf(draft.month, draft.costCentre),
    month: draft.month,
    costCentre: draft.costCentre,
    state: 'draft',
    currency,
    net: money(totals.net),
    tax: money(totals.tax),
    total: money(totals.total),
    closedAt: null,
    closedBy: null,
    sentAt: null,
  };
};

/** Drafts and closed ones, newest month first. Everything is on the first page: a month has one per cost centre. */
export const listStatements = async (context: UseCaseContext, query: PageQuery): Promise<Page<StatementSummary>> => {
  authorise(context, 'usage.read');
  const rows = await context.db.statement.findMany({
    include: INCLUDE,
    orderBy: [{ month: 'desc' }, { costCentre: 'asc' }],
  });
  const drafts = await loadDrafts(context.db, context.clock());
  const currency = drafts.length === 0 ? '' : currencyOf(await loadRates(context.db));
  const all = [...drafts.map((draft) => draftSummary(draft, currency)), ...rows.map(toSummary)];
  const from = query.cursor === undefined ? 0 : Math.max(0, all.findIndex(({ id }) => id === query.cursor) + 1);
  const items = all.slice(from, from + query.limit);
  return { items, nextCursor: from + query.limit < all.length ? (items.at(-1)?.id ?? null) : null };
};

/** A statement's lines, closed or as a draft. Throws `not_found`. */
export const getStatementLines = async (
  db: Database,
  id: string,
  now: Date,
): Promise<{
  readonly summary: StatementSummary;
  readonly lines: readonly StatementLine[];
  readonly row: StatementRow | null;
}> => {
  const row = await db.statement.findUnique({ where: { id }, include: INCLUDE });
  if (row !== null) {
    const lines = await db.statementLine.findMany({ where: { statementId: id }, orderBy: { n: 'asc' } });
    return { summary: toSummary(row), lines: lines.map(fromLineRow), row };
  }
  const draft = (await loadDrafts(db, now)).find(({ month, costCentre }) => statementIdOf(month, costCentre) === id);
  if (draft === undefined) throw new HeadroomError('not_found', `There is no statement ${JSON.stringify(id)}.`);
  const currency = currencyOf(await loadRates(db));
  return { summary: draftSummary(draft, currency), lines: draft.lines, row: null };
};

/** Throws `not_found`. */
export const getStatement = async (context: UseCaseContext, id: string): Promise<StatementView> => {
  authorise(context, 'usage.read');
  const { summary, lines, row } = await getStatementLines(context.db, id, context.clock());
  return {
    ...summary,
    lines: lines.map((line) => toLineView(line, summary.month)),
    sendings: (row?.sendings ?? []).map(({ recipients, sentAt, sentBy }) => ({
      recipients,
      sentAt: sentAt.toISOString(),
      sentBy,
    })),
    mails: (row?.mails ?? []).map((mail) => ({
      to: mail.to,
      state: mail.state,
      attempts: mail.attempts,
      lastError: mail.lastError,
      requestedBy: mail.requestedBy,
      requestedAt: mail.requestedAt.toISOString(),
      nextAttemptAt: mail.state === 'pending' ? mail.nextAttemptAt.toISOString() : null,
    })),
    hash: row?.hash ?? null,
  };
};

const refuseClosing = async (tx: Transaction, month: Month, now: Date): Promise<void> => {
  const closed = await lastClosed(tx);
  if (closed !== null && month <= closed.month)
    throw new HeadroomError('period_closed', `${month} is closed already. Later facts go to the next statement.`);
  const open = await openMonth(tx);
  if (open !== null && month !== open)
    throw new HeadroomError('wrong_state', `Months are closed one after another: ${open} is next.`);
  if (now.getTime() < monthEndMs(month)) throw new HeadroomError('wrong_state', `${month} has not ended.`);
  const end = new Date(monthEndMs(month));
  const uncut = await tx.usageOpen.count({ where: { startedAt: { lt: end }, seenAt: { gte: end } } });
  if (uncut > 0)
    throw new HeadroomError(
      'wrong_state',
      `The meter still cuts ${uncut} intervals at the end of ${month}. Try again.`,
      {
        retryable: true,
      },
    );
};

/**
 * Closes a month: one statement per cost centre of everything in the ledger, which never changes again. What becomes
 * known later goes to the next month as corrections. Throws `period_closed`, and `wrong_state` for a month that has not
 * ended, is not next, or that the meter has not cut off yet.
 */
export const closeMonth = async (
  context: UseCaseContext,
  input: CloseMonthInput,
): Promise<{ readonly month: Month; readonly statements: readonly string[] }> => {
  authorise(context, 'statements.write');
  return record(
    context,
    async (tx) => {
      await takeLock(tx, 'ledger');
      const now = context.clock();
      const { month } = input;
      await refuseClosing(tx, month, now);
      const rates = await loadRates(tx);
      const currency = currencyOf(rates);
      const head = await tx.usageInterval.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
      const closedBy = describeActor(context.actor);
      const ledger = { ledgerSeq: head?.seq ?? 0n, ledgerHash: head?.hash ?? CHAIN_GENESIS };
      const { afterSeq } = await chargedRowsOf(tx, month);
      await tx.billingPeriod.create({ data: { month, ...ledger, closedAt: now, closedBy } });
      const groups = await loadUsageGroups(tx, { month, afterSeq, throughSeq: ledger.ledgerSeq }, rates);
      const hashes = new Map(
        (await tx.rate.findMany({ select: { version: true, hash: true } })).map(({ version, hash }) => [version, hash]),
      );
      const contents = [...groups]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([costCentre, own]): StatementContent => {
          const lines = statementLines(own);
          const totals = totalsOf(lines);
          const versions = [...new Set(lines.map((line) => line.rateVersion))].sort((a, b) => a - b);
          return {
            id: statementIdOf(month, costCentre),
            month,
            costCentre,
            currency,
            net: money(totals.net),
            tax: money(totals.tax),
            total: money(totals.total),
            closedAt: now,
            closedBy,
            ledgerSeq: ledger.ledgerSeq.toString(),
            ledgerHash: ledger.ledgerHash,
            rates: versions.map((version) => ({ version, hash: hashes.get(version) ?? '' })),
            lines: lines.map(lineContent),
          };
        });
      const last = await tx.statement.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
      const chained = chainAfter(last, contents, statementContent);
      for (const { lines, rates: _, ledgerSeq: __, ledgerHash: ___, ...statement } of chained) {
        await tx.statement.create({ data: statement });
        await tx.statementLine.createMany({ data: lines.map((line) => ({ statementId: statement.id, ...line })) });
      }
      return {
        value: { month, statements: chained.map(({ id }) => id) },
        audit: {
          action: 'statement.close',
          subject: `month/${month}`,
          reason: input.reason ?? '',
          detail: {
            ledgerSeq: ledger.ledgerSeq.toString(),
            ledgerHash: ledger.ledgerHash,
            statements: chained.map(({ id, hash, total }) => ({ id, hash, total })),
          },
        },
      };
    },
    { timeoutMs: CLOSE_TIMEOUT_MS },
  );
};
