import type { UsageInterval as IntervalRow, UsageOpen as OpenRow, Prisma } from '@/lib/db/generated/client';
import type { Page, UsageDetail, UsageQuery, UsageView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { type Charge, type Chargeable, chargesOf, totalCost } from '@/lib/domain/pricing/charge';
import { Decimal, METER_UNIT, plain } from '@/lib/domain/pricing/price';
import { type Rate, ratePeriods } from '@/lib/domain/pricing/rate';
import { monthEndMs, monthStartMs } from '@/lib/domain/usage/month';
import { findClusterRow } from '../clusters/get-cluster';
import { authorise, type Database, type UseCaseContext } from '../context';
import { badCursor, cursorNumber, cursorTime, decodeCursor, encodeCursor } from '../paging';
import { fromSubjectColumns, toResource } from '../usage/rows';
import { currencyOf, loadRates } from './rates';
import { chargedRowsOf, getStatementLines } from './statements';

const COST_PLACES = 10;
const QUANTITY_PLACES = 10;

/** An interval of the ledger, or the stretch that goes on, which is known up to when it was last seen. */
export type UsageRow = IntervalRow | OpenRow;

const isOpen = (row: UsageRow): row is OpenRow => 'seenAt' in row;

export const usageIdOf = (row: UsageRow): string => (isOpen(row) ? `${row.runId}.${row.startedAt.getTime()}` : row.id);

const endOf = (row: UsageRow): Date => (isOpen(row) ? row.seenAt : row.endedAt);

export const toChargeable = (row: UsageRow): Chargeable => {
  const { tier, costCentre, shape } = fromSubjectColumns(row);
  return {
    resource: toResource(row.resource),
    tier,
    costCentre,
    shape,
    startMs: row.startedAt.getTime(),
    endMs: endOf(row).getTime(),
    runStartMs: row.runStartedAt.getTime(),
    endsRun: isOpen(row) ? false : row.endsRun,
  };
};

const toView = (row: UsageRow, charges: readonly Charge[], currency: string): UsageView => {
  const { shape, clusterId, clusterName, ...subject } = fromSubjectColumns(row);
  return {
    id: usageIdOf(row),
    resource: toResource(row.resource),
    resourceId: row.resourceId,
    ...subject,
    cluster: { id: clusterId, name: clusterName },
    shape,
    startedAt: row.startedAt.toISOString(),
    endedAt: isOpen(row) ? null : row.endedAt.toISOString(),
    seconds: plain(new Decimal(endOf(row).getTime() - row.startedAt.getTime()).div(1_000), 3),
    cost: plain(totalCost(charges), COST_PLACES),
    currency,
    operationId: row.operationId,
    actor: row.actor,
    reason: row.reason,
  };
};

interface Filter {
  readonly closed: Prisma.UsageIntervalWhereInput;
  /** Null: nothing that goes on is looked for. */
  readonly open: Prisma.UsageOpenWhereInput | null;
}

/** Everything but the limit may be left out. */
type Asked = Partial<UsageQuery> & Pick<UsageQuery, 'limit'>;

const NOTHING: Filter = { closed: { seq: -1n }, open: null };

const statementFilter = async (context: UseCaseContext, id: string, n: number | undefined): Promise<Filter> => {
  const { summary, lines } = await getStatementLines(context.db, id, context.clock());
  const rows = await chargedRowsOf(context.db, summary.month);
  const [start, end] = [new Date(monthStartMs(summary.month)), new Date(monthEndMs(summary.month))];
  const seq = rows.throughSeq === null ? {} : { lte: rows.throughSeq };
  const own: Prisma.UsageIntervalWhereInput[] = [
    { costCentre: summary.costCentre },
    { seq },
    { OR: [{ startedAt: { gte: start, lt: end } }, { startedAt: { lt: start }, seq: { gt: rows.afterSeq } }] },
  ];
  const ongoing = rows.throughSeq === null ? { costCentre: summary.costCentre, startedAt: { lt: end } } : null;
  if (n === undefined) return { closed: { AND: own }, open: ongoing };
  const line = lines.find((one) => one.n === n);
  if (line === undefined) return NOTHING;
  const periods = ratePeriods(await loadRates(context.db), [summary.costCentre], 0, monthEndMs(summary.month)).filter(
    ({ rate }) => rate.version === line.rateVersion,
  );
  const of = { clusterId: line.clusterId, tier: line.tier };
  const used = {
    startedAt: { gte: new Date(monthStartMs(line.usageMonth)), lt: new Date(monthEndMs(line.usageMonth)) },
  };
  const priced = periods.map(({ fromMs, toMs }) => ({
    startedAt: { lt: new Date(toMs) },
    endedAt: { gt: new Date(fromMs) },
  }));
  return {
    closed: { AND: [...own, of, used, { OR: priced }] },
    open: ongoing === null ? null : { AND: [ongoing, of, used] },
  };
};

/** A month's bounds, or those that are given. */
const boundsOf = ({ month, from, to }: Asked): { readonly from: Date | null; readonly to: Date | null } => {
  if (month !== undefined) return { from: new Date(monthStartMs(month)), to: new Date(monthEndMs(month)) };
  return { from: from === undefined ? null : new Date(from), to: to === undefined ? null : new Date(to) };
};

const plainFilter = async (context: UseCaseContext, query: Asked): Promise<Filter> => {
  const cluster = query.cluster === undefined ? null : await findClusterRow(context.db, query.cluster);
  if (query.cluster !== undefined && cluster === null) return NOTHING;
  const { from, to } = boundsOf(query);
  const shared = {
    ...(cluster === null ? {} : { clusterId: cluster.id }),
    ...(query.costCentre === undefined ? {} : { costCentre: query.costCentre }),
    ...(query.tier === undefined ? {} : { tier: query.tier }),
    ...(to === null ? {} : { startedAt: { lt: to } }),
  };
  return {
    closed: { ...shared, ...(from === null ? {} : { endedAt: { gt: from } }) },
    open: { ...shared, ...(from === null ? {} : { seenAt: { gt: from } }) },
  };
};

type Direction = 'asc' | 'desc';
type Segment = 'open' | 'closed';
/** When the last row of a page began, and its run or its place in the ledger; null: from the segment's beginning. */
type Position = { readonly at: string; readonly id: string } | null;

const SEGMENTS: Readonly<Record<Direction, readonly Segment[]>> = { desc: ['open', 'closed'], asc: ['closed', 'open'] };

const beyond = <T>(value: T, direction: Direction) => (direction === 'asc' ? { gt: value } : { lt: value });

const findOpen = async (db: Database, filter: Filter, position: Position, direction: Direction, take: number) => {
  if (filter.open === null) return [];
  const after = (at: Date, runId: string): Prisma.UsageOpenWhereInput => ({
    OR: [{ startedAt: beyond(at, direction) }, { startedAt: at, runId: beyond(runId, direction) }],
  });
  return db.usageOpen.findMany({
    where: { AND: [filter.open, position === null ? {} : after(cursorTime(position.at), position.id)] },
    orderBy: [{ startedAt: direction }, { runId: direction }],
    take,
  });
};

const findClosed = async (db: Database, filter: Filter, position: Position, direction: Direction, take: number) => {
  const after = (at: Date, seq: bigint): Prisma.UsageIntervalWhereInput => ({
    OR: [{ startedAt: beyond(at, direction) }, { startedAt: at, seq: beyond(seq, direction) }],
  });
  return db.usageInterval.findMany({
    where: { AND: [filter.closed, position === null ? {} : after(cursorTime(position.at), cursorNumber(position.id))] },
    orderBy: [{ startedAt: direction }, { seq: direction }],
    take,
  });
};

const isSegment = (text: string | undefined): text is Segment => text === 'open' || text === 'closed';

/** Throws `malformed`. */
const readCursor = (cursor: string | undefined, first: Segment): { segment: Segment; position: Position } => {
  if (cursor === undefined) return { segment: first, position: null };
  const [segment, at = '', id = ''] = decodeCursor(cursor, 3);
  if (!isSegment(segment)) throw badCursor();
  return { segment, position: at === '' ? null : { at, id } };
};

const cursorAt = (segment: Segment, last: UsageRow | undefined): string =>
  last === undefined
    ? encodeCursor(segment, '', '')
    : encodeCursor(segment, last.startedAt.toISOString(), isOpen(last) ? last.runId : last.seq.toString());

/**
 * Intervals by when they began, newest first: what goes on stands before all that is over, or after it in the other
 * order. Each with its cost by the rates in force.
 */
export const listUsage = async (context: UseCaseContext, query: Asked): Promise<Page<UsageView>> => {
  authorise(context, 'usage.read');
  const { db } = context;
  const rates = await loadRates(db);
  const currency = currencyOf(rates);
  const filter =
    query.statement === undefined
      ? await plainFilter(context, query)
      : await statementFilter(context, query.statement, query.line);
  const direction: Direction = query.sort === 'began' ? 'asc' : 'desc';
  const segments = SEGMENTS[direction];
  const start = readCursor(query.cursor, segments[0] ?? 'open');
  const shown: UsageRow[] = [];
  let nextCursor: string | null = null;
  for (const segment of segments.slice(segments.indexOf(start.segment))) {
    const room = query.limit - shown.length;
    const position = segment === start.segment ? start.position : null;
    const find = segment === 'open' ? findOpen : findClosed;
    const found: readonly UsageRow[] = await find(db, filter, position, direction, room + 1);
    shown.push(...found.slice(0, room));
    if (found.length <= room) continue;
    nextCursor = cursorAt(segment, found[room - 1]);
    break;
  }
  const items = shown.map((row) => toView(row, chargesOf(toChargeable(row), rates), currency));
  return { items, nextCursor };
};

const findUsageRow = async (db: Database, id: string): Promise<UsageRow | null> => {
  const closed = await db.usageInterval.findUnique({ where: { id } });
  if (closed !== null) return closed;
  const runId = id.split('.').slice(0, 3).join('.');
  return db.usageOpen.findUnique({ where: { runId } });
};

/** One interval with who had it begin and end, the operation, and the rates that it is priced by. Throws `not_found`. */
export const getUsage = async (context: UseCaseContext, id: string): Promise<UsageDetail> => {
  authorise(context, 'usage.read');
  const row = await findUsageRow(context.db, id);
  if (row === null) throw new HeadroomError('not_found', `There is no interval ${JSON.stringify(id)}.`);
  const rates: readonly Rate[] = await loadRates(context.db);
  const charges = chargesOf(toChargeable(row), rates);
  const operation =
    row.operationId === null
      ? null
      : await context.db.operation.findUnique({
          where: { id: row.operationId },
          select: { id: true, kind: true, requestedBy: true, reason: true, approvedBy: true },
        });
  return {
    ...toView(row, charges, currencyOf(rates)),
    hash: isOpen(row) ? null : row.hash,
    end: isOpen(row) ? null : { operationId: row.endOperationId, actor: row.endActor, reason: row.endReason },
    operation,
    charges: charges.map(({ meter, rate, quantity, unitPrice, cost }) => ({
      meter,
      rateVersion: rate.version,
      quantity: plain(quantity, QUANTITY_PLACES),
      unit: METER_UNIT[meter],
      unitPrice: plain(unitPrice, COST_PLACES),
      cost: plain(cost, COST_PLACES),
    })),
  };
};
