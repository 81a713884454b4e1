import type { ClusterCostView, CostGroup, CostsQuery, CostsView } from '@/lib/domain/contract';
import { forecast } from '@/lib/domain/pricing/forecast';
import { costOf, Decimal, money, plain } from '@/lib/domain/pricing/price';
import { DAY_MS, type Day, dayOf, dayStartMs, findRate, type Rate } from '@/lib/domain/pricing/rate';
import { type Month, monthEndMs, monthOf, monthStartMs, previousMonth } from '@/lib/domain/usage/month';
import { getClusterRow } from '../clusters/get-cluster';
import { authorise, type Database, type UseCaseContext } from '../context';
import { currencyOf, loadRates } from './rates';
import { type DaysWanted, type DayUsage, loadHourNow, loadUsageDays } from './usage-days';

const PLACES = 6;

const ofMonth = (month: Month): Pick<DaysWanted, 'from' | 'to'> => ({
  from: new Date(monthStartMs(month)),
  to: new Date(monthEndMs(month)),
});

/** What a day's usage costs, by the rate of its cost centre on that day. */
const costOfDay = ({ tier, usage, costCentre, day }: DayUsage, rates: readonly Rate[]): Decimal => {
  const rate = findRate(rates, costCentre, dayStartMs(day));
  return rate === null ? new Decimal(0) : costOf(tier, usage, rate);
};

const sum = (costs: readonly Decimal[]): Decimal => costs.reduce((total, cost) => total.add(cost), new Decimal(0));

/** Per hour of what runs now. */
export const loadPerHour = async (
  db: Database,
  rates: readonly Rate[],
  nowMs: number,
  only: { readonly clusterId?: string; readonly costCentre?: string } = {},
): Promise<Decimal> =>
  sum(
    (await loadHourNow(db, only)).map(({ costCentre, tier, usage }) => {
      const rate = findRate(rates, costCentre, nowMs);
      return rate === null ? new Decimal(0) : costOf(tier, usage, rate);
    }),
  );

/** What a day (UTC) cost so far, of everything. */
export const loadDayCost = async (db: Database, rates: readonly Rate[], nowMs: number): Promise<Decimal> => {
  const startMs = dayStartMs(dayOf(nowMs));
  const wanted = { from: new Date(startMs), to: new Date(startMs + DAY_MS), groupBy: 'tier' } as const;
  return sum((await loadUsageDays(db, wanted, rates)).map((day) => costOfDay(day, rates)));
};

/** What a month cost so far, of a cluster or a cost centre. */
export const loadMonthCost = async (
  db: Database,
  rates: readonly Rate[],
  month: Month,
  only: { readonly clusterId?: string; readonly costCentre?: string },
): Promise<Decimal> => {
  const days = await loadUsageDays(db, { ...ofMonth(month), ...only, groupBy: 'tier' }, rates);
  return sum(days.map((day) => costOfDay(day, rates)));
};

const byKey = (days: readonly DayUsage[], rates: readonly Rate[]): ReadonlyMap<string, ReadonlyMap<Day, Decimal>> => {
  const groups = new Map<string, Map<Day, Decimal>>();
  for (const day of days) {
    const group = groups.get(day.key) ?? new Map<Day, Decimal>();
    group.set(day.day, (group.get(day.day) ?? new Decimal(0)).add(costOfDay(day, rates)));
    groups.set(day.key, group);
  }
  return groups;
};

const TIER_LABEL: Readonly<Record<string, string>> = {
  service: 'Serving',
  overlap: 'Old and new together',
  spare: 'Spares',
  volume: 'Data volumes',
  vip: 'Virtual addresses',
};

const labelsOf = async (
  db: Database,
  groupBy: CostGroup,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (groupBy === 'tier') return new Map(keys.map((key) => [key, TIER_LABEL[key] ?? key]));
  if (groupBy !== 'cluster') return new Map(keys.map((key) => [key, key === '' ? 'none' : key]));
  const clusters = await db.cluster.findMany({ where: { id: { in: [...keys] } }, select: { id: true, name: true } });
  return new Map(clusters.map(({ id, name }) => [id, name]));
};

const daysOf = (month: Month): readonly Day[] => {
  const days = (monthEndMs(month) - monthStartMs(month)) / DAY_MS;
  return Array.from({ length: days }, (_, i) => dayOf(monthStartMs(month) + i * DAY_MS));
};

/** A month's cost per day and group, beside the month before or another one; the dearest group first. Not rounded but for display. */
export const getCosts = async (context: UseCaseContext, query: CostsQuery): Promise<CostsView> => {
  authorise(context, 'usage.read');
  const { db } = context;
  const nowMs = context.clock().getTime();
  const month = query.month ?? monthOf(nowMs);
  const before = query.compareTo ?? previousMonth(month);
  const rates = await loadRates(db);
  const load = (of: Month) => loadUsageDays(db, { ...ofMonth(of), groupBy: query.groupBy }, rates);
  const [now, then, perHour] = await Promise.all([load(month), load(before), loadPerHour(db, rates, nowMs)]);
  const groups = byKey(now, rates);
  const earlier = byKey(then, rates);
  const keys = [...new Set([...groups.keys(), ...earlier.keys()])];
  const labels = await labelsOf(db, query.groupBy, keys);
  const days = daysOf(month);
  const rows = keys.map((key) => {
    const perDay = days.map((day) => groups.get(key)?.get(day) ?? new Decimal(0));
    return { key, perDay, total: sum(perDay), previous: sum([...(earlier.get(key)?.values() ?? [])]) };
  });
  rows.sort((a, b) => b.total.cmp(a.total) || b.previous.cmp(a.previous));
  const total = sum(rows.map((row) => row.total));
  return {
    month,
    previousMonth: before,
    currency: currencyOf(rates),
    groupBy: query.groupBy,
    days: [...days],
    groups: rows.map(({ key, perDay, total: own, previous }) => ({
      key,
      label: labels.get(key) ?? key,
      perDay: perDay.map((cost) => plain(cost, PLACES)),
      total: money(own),
      previous: money(previous),
    })),
    total: money(total),
    previousTotal: money(sum(rows.map((row) => row.previous))),
    perHourNow: plain(perHour, PLACES),
    forecast: month === monthOf(nowMs) ? money(forecast(month, nowMs, total, perHour)) : null,
  };
};

/** What a cluster costs now per hour, in this month, and to its end if it goes on so. Throws `not_found`. */
export const getClusterCost = async (context: UseCaseContext, idOrName: string): Promise<ClusterCostView> => {
  authorise(context, 'usage.read');
  const { db } = context;
  const cluster = await getClusterRow(db, idOrName);
  const nowMs = context.clock().getTime();
  const month = monthOf(nowMs);
  const rates = await loadRates(db);
  const only = { clusterId: cluster.id };
  const [perHour, soFar, before] = await Promise.all([
    loadPerHour(db, rates, nowMs, only),
    loadMonthCost(db, rates, month, only),
    loadMonthCost(db, rates, previousMonth(month), only),
  ]);
  return {
    currency: currencyOf(rates),
    costCentre: cluster.costCentre,
    perHourNow: plain(perHour, PLACES),
    thisMonth: money(soFar),
    forecast: money(forecast(month, nowMs, soFar, perHour)),
    previousMonth: money(before),
  };
};
