import type { Rate as RateRow } from '@/lib/db/generated/client';
import type { CreateRateInput, Page, PageQuery, RateView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { Decimal, plain } from '@/lib/domain/pricing/price';
import { type Day, dayOf, dayStartMs, findRate, type Rate } from '@/lib/domain/pricing/rate';
import { monthOf } from '@/lib/domain/usage/month';
import { chainAfter } from '../chain';
import { authorise, type Database, describeActor, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { cursorNumber, decodeCursor, encodeCursor, toPage } from '../paging';
import { record } from '../record';

const PRICE_PLACES = 10;
const PERCENT_PLACES = 4;

const decimalText = (value: { toString(): string }, places: number): string =>
  plain(new Decimal(value.toString()), places);

export const toRate = (row: RateRow): Rate => ({
  version: row.version,
  costCentre: row.costCentre,
  effectiveFrom: row.effectiveFrom.toISOString().slice(0, 10),
  currency: row.currency,
  vcpuHour: decimalText(row.vcpuHour, PRICE_PLACES),
  memoryGiBHour: decimalText(row.memoryGiBHour, PRICE_PLACES),
  diskGiBHour: decimalText(row.diskGiBHour, PRICE_PLACES),
  volumeGiBHour: decimalText(row.volumeGiBHour, PRICE_PLACES),
  vipHour: decimalText(row.vipHour, PRICE_PLACES),
  spareDiscountPercent: decimalText(row.spareDiscountPercent, PERCENT_PLACES),
  minimumSeconds: row.minimumSeconds,
  taxPercent: decimalText(row.taxPercent, PERCENT_PLACES),
});

/** What is hashed of a rate. */
export const rateContent = (row: RateRow): object => ({
  ...toRate(row),
  author: row.author,
  reason: row.reason,
  createdAt: row.createdAt,
});

/** All versions, oldest first: an installation has few. */
export const loadRates = async (db: Database | Transaction): Promise<readonly Rate[]> =>
  (await db.rate.findMany({ orderBy: { version: 'asc' } })).map(toRate);

/** The currency of all rates, as the first one has it. Throws `wrong_state` while there is none. */
export const currencyOf = (rates: readonly Rate[]): string => {
  const [first] = rates;
  if (first === undefined) throw new HeadroomError('wrong_state', 'There are no rates yet. Add one first.');
  return first.currency;
};

const toRateView = (row: RateRow, all: readonly Rate[], now: Date): RateView => ({
  ...toRate(row),
  author: row.author,
  reason: row.reason,
  createdAt: row.createdAt.toISOString(),
  hash: row.hash,
  inForce:
    findRate(
      all.filter((rate) => rate.costCentre === row.costCentre),
      row.costCentre ?? '',
      now.getTime(),
    )?.version === row.version,
});

/** Newest first. */
export const listRates = async (context: UseCaseContext, query: PageQuery): Promise<Page<RateView>> => {
  authorise(context, 'usage.read');
  const before = query.cursor === undefined ? undefined : Number(cursorNumber(decodeCursor(query.cursor, 1)[0]));
  const all = await loadRates(context.db);
  const rows = await context.db.rate.findMany({
    where: before === undefined ? {} : { version: { lt: before } },
    orderBy: { version: 'desc' },
    take: query.limit + 1,
  });
  return toPage(
    rows,
    query.limit,
    (row) => toRateView(row, all, context.clock()),
    (row) => encodeCursor(String(row.version)),
  );
};

const problem = (field: string, message: string): HeadroomError =>
  new HeadroomError('impossible', message, { details: { fields: [{ field, message }] } });

const refuseClosed = async (tx: Transaction, effectiveFrom: Day): Promise<void> => {
  const closed = await tx.billingPeriod.findFirst({ orderBy: { month: 'desc' } });
  if (closed === null || monthOf(dayStartMs(effectiveFrom)) > closed.month) return;
  const message = `${closed.month} is closed: a rate may begin after it.`;
  throw new HeadroomError('period_closed', message, { details: { fields: [{ field: 'effectiveFrom', message }] } });
};

type NewRate = Omit<RateRow, 'version' | 'prevHash' | 'hash'>;

const insertRate = async (tx: Transaction, rate: NewRate): Promise<RateRow> => {
  const last = await tx.rate.findFirst({ orderBy: { version: 'desc' }, select: { version: true, hash: true } });
  const version = (last?.version ?? 0) + 1;
  const head = last === null ? null : { seq: BigInt(last.version), hash: last.hash };
  const [chained] = chainAfter(head, [{ ...rate, version, prevHash: '', hash: '' }], rateContent);
  if (chained === undefined) throw new TypeError('one row gives one row');
  const { seq: _, ...data } = chained;
  return tx.rate.create({ data });
};

/**
 * Adds a version of the prices, for all cost centres or one. Versions are never changed: a later one that begins on the
 * same day takes its place. Throws `period_closed` for a day in a closed month, and `impossible` for another currency than
 * the rates have: sums over cost centres would mean nothing.
 */
export const createRate = async (context: UseCaseContext, input: CreateRateInput): Promise<RateView> => {
  authorise(context, 'rates.write');
  return record(context, async (tx) => {
    await takeLock(tx, 'ledger');
    await refuseClosed(tx, input.effectiveFrom);
    const rates = await loadRates(tx);
    const currency = rates[0]?.currency ?? input.currency;
    if (currency !== input.currency)
      throw problem('currency', `All rates are in ${currency}: statements add up in one currency.`);
    const createdAt = context.clock();
    const row = await insertRate(tx, {
      ...input,
      effectiveFrom: new Date(dayStartMs(input.effectiveFrom)),
      vcpuHour: new Decimal(input.vcpuHour),
      memoryGiBHour: new Decimal(input.memoryGiBHour),
      diskGiBHour: new Decimal(input.diskGiBHour),
      volumeGiBHour: new Decimal(input.volumeGiBHour),
      vipHour: new Decimal(input.vipHour),
      spareDiscountPercent: new Decimal(input.spareDiscountPercent),
      taxPercent: new Decimal(input.taxPercent),
      author: describeActor(context.actor),
      createdAt,
    } as unknown as NewRate);
    return {
      value: toRateView(row, [...rates, toRate(row)], createdAt),
      audit: {
        action: 'rate.create',
        subject: `rate/${row.version}`,
        reason: input.reason,
        detail: { version: row.version, hash: row.hash, costCentre: input.costCentre, from: input.effectiveFrom },
      },
    };
  });
};

const FIRST_RATE = {
  costCentre: null,
  currency: 'EUR',
  vcpuHour: '0.012',
  memoryGiBHour: '0.006',
  diskGiBHour: '0.00012',
  volumeGiBHour: '0.00016',
  vipHour: '0.004',
  spareDiscountPercent: '30',
  minimumSeconds: 60,
  taxPercent: '0',
  reason: 'Example prices to begin with. Replace them by your own.',
} as const;

/** Gives an installation that has no rate one to begin with, so that everything has a cost. Idempotent. */
export const ensureFirstRate = async (context: UseCaseContext): Promise<void> => {
  if ((await context.db.rate.count()) > 0) return;
  const first = await context.db.usageFact.findFirst({ orderBy: { at: 'asc' }, select: { at: true } });
  const since = Math.min(first?.at.getTime() ?? Number.POSITIVE_INFINITY, context.clock().getTime());
  await createRate(context, { ...FIRST_RATE, effectiveFrom: `${dayOf(since).slice(0, 7)}-01` });
};
