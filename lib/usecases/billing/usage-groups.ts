import { Prisma } from '@/lib/db/generated/client';
import type { UsageSum } from '@/lib/domain/pricing/price';
import { type Rate, type RatePeriod, ratePeriods } from '@/lib/domain/pricing/rate';
import type { UsageGroup } from '@/lib/domain/pricing/statement';
import { type Month, monthEndMs, monthStartMs } from '@/lib/domain/usage/month';
import type { Database, Transaction } from '../context';
import { toTier } from '../usage/rows';
import { periodArrays } from './rate-params';

/** Which rows of the ledger a month's statements charge: those of the month, and later facts of months closed before. */
export interface ChargedRows {
  readonly month: Month;
  /** Last row of the closing before; rows of earlier months up to it are charged already. */
  readonly afterSeq: bigint;
  /** Last row of this closing; null in a draft: all there are. */
  readonly throughSeq: bigint | null;
}

interface GroupRow {
  readonly usageMonth: string;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly costCentre: string;
  readonly tier: string;
  readonly version: number;
  readonly ms: string;
  readonly vcpuMs: string;
  readonly memoryMiBMs: string;
  readonly diskGiBMs: string;
  readonly addedMs: string;
  readonly addedVcpuMs: string;
  readonly addedMemoryMiBMs: string;
  readonly addedDiskGiBMs: string;
}

const MAX_SEQ = 9_223_372_036_854_775_807n;

/** The rows that are charged, and in a draft what goes on, as one relation `i`. */
export const chargedRelation = (rows: ChargedRows, columns: Prisma.Sql): Prisma.Sql => {
  const start = new Date(monthStartMs(rows.month));
  const end = new Date(monthEndMs(rows.month));
  const through = rows.throughSeq ?? MAX_SEQ;
  const ledger = Prisma.sql`
    select ${columns}, "endedAt", "endsRun" from "UsageInterval"
    where "seq" <= ${through} and (("startedAt" >= ${start} and "startedAt" < ${end})
      or ("startedAt" < ${start} and "seq" > ${rows.afterSeq}))`;
  if (rows.throughSeq !== null) return ledger;
  return Prisma.sql`${ledger}
    union all
    select ${columns}, least("seenAt", ${end}) as "endedAt", false as "endsRun" from "UsageOpen"
    where "startedAt" < ${end} and "seenAt" > "startedAt"`;
};

/** One row per interval and the rate that holds for it: how long, and what a run that was too short is filled up by. */
export const ratedFrom = (relation: Prisma.Sql, periods: readonly RatePeriod[]): Prisma.Sql => {
  const p = periodArrays(periods);
  return Prisma.sql`
    from (${relation}) i
    join unnest(${p.costCentres}::text[], ${p.versions}::int[], ${p.from}::timestamptz[], ${p.to}::timestamptz[],
      ${p.minimumMs}::bigint[]) as p("costCentre", "version", "fromAt", "toAt", "minimumMs")
      on p."costCentre" = i."costCentre" and p."fromAt" < i."endedAt" and p."toAt" > i."startedAt"
    cross join lateral (select
      (extract(epoch from least(i."endedAt", p."toAt") - greatest(i."startedAt", p."fromAt")) * 1000)::bigint as "ms",
      case when i."endsRun" and i."resource" = 'vm' and i."endedAt" <= p."toAt"
        then greatest(0, p."minimumMs" - (extract(epoch from i."endedAt" - i."runStartedAt") * 1000)::bigint)
        else 0 end as "addedMs") m`;
};

const COLUMNS = Prisma.sql`"resource", "clusterId", "clusterName", "costCentre", "tier", "startedAt", "runStartedAt",
  "vcpus", "memoryMiB", "diskGiB"`;

const sumOf = (ms: string, vcpuMs: string, memoryMiBMs: string, diskGiBMs: string): UsageSum => ({
  ms: BigInt(ms),
  vcpuMs: BigInt(vcpuMs),
  memoryMiBMs: BigInt(memoryMiBMs),
  diskGiBMs: BigInt(diskGiBMs),
});

const add = (a: string, b: string): string => (BigInt(a) + BigInt(b)).toString();

export const costCentresOf = async (db: Database | Transaction): Promise<readonly string[]> => {
  const rows = await db.$queryRaw<{ costCentre: string }[]>`
    select distinct "costCentre" from "UsageDay" where "dimension" = 'cluster' union select distinct "costCentre" from "UsageOpen"`;
  return rows.map(({ costCentre }) => costCentre);
};

/** From the first moment that any usage may be of, to the end of the month. */
export const periodsUntil = (
  rates: readonly Rate[],
  costCentres: readonly string[],
  month: Month,
): readonly RatePeriod[] => ratePeriods(rates, costCentres, 0, monthEndMs(month));

/** What a month's statements are made of, by cost centre. Sums are exact: whole milliseconds times whole units. */
export const loadUsageGroups = async (
  db: Database | Transaction,
  rows: ChargedRows,
  rates: readonly Rate[],
): Promise<ReadonlyMap<string, readonly UsageGroup[]>> => {
  const periods = periodsUntil(rates, await costCentresOf(db), rows.month);
  const found = await db.$queryRaw<GroupRow[]>`
    select to_char(i."startedAt" at time zone 'UTC', 'YYYY-MM') as "usageMonth", i."clusterId",
      max(i."clusterName") as "clusterName", i."costCentre", i."tier", p."version",
      sum(m."ms")::text as "ms", sum(m."ms" * i."vcpus")::text as "vcpuMs",
      sum(m."ms" * i."memoryMiB")::text as "memoryMiBMs", sum(m."ms" * i."diskGiB")::text as "diskGiBMs",
      sum(m."addedMs")::text as "addedMs", sum(m."addedMs" * i."vcpus")::text as "addedVcpuMs",
      sum(m."addedMs" * i."memoryMiB")::text as "addedMemoryMiBMs", sum(m."addedMs" * i."diskGiB")::text as "addedDiskGiBMs"
    ${ratedFrom(chargedRelation(rows, COLUMNS), periods)}
    group by 1, 2, 4, 5, 6`;
  const byVersion = new Map(rates.map((rate) => [rate.version, rate]));
  const groups = new Map<string, UsageGroup[]>();
  for (const row of found) {
    const rate = byVersion.get(row.version);
    if (rate === undefined) continue;
    const group: UsageGroup = {
      usageMonth: row.usageMonth,
      clusterId: row.clusterId,
      clusterName: row.clusterName,
      tier: toTier(row.tier),
      rate,
      consumed: sumOf(row.ms, row.vcpuMs, row.memoryMiBMs, row.diskGiBMs),
      billed: sumOf(
        add(row.ms, row.addedMs),
        add(row.vcpuMs, row.addedVcpuMs),
        add(row.memoryMiBMs, row.addedMemoryMiBMs),
        add(row.diskGiBMs, row.addedDiskGiBMs),
      ),
    };
    groups.set(row.costCentre, [...(groups.get(row.costCentre) ?? []), group]);
  }
  return groups;
};
