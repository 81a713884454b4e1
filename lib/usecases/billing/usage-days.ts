import { Prisma } from '@/lib/db/generated/client';
import type { CostGroup } from '@/lib/domain/contract';
import type { UsageSum } from '@/lib/domain/pricing/price';
import { type Day, type Rate, ratePeriods } from '@/lib/domain/pricing/rate';
import type { Tier } from '@/lib/domain/usage/types';
import type { Database } from '../context';
import { toTier } from '../usage/rows';
import { periodArrays } from './rate-params';
import { costCentresOf } from './usage-groups';

export interface DayUsage {
  readonly key: string;
  readonly day: Day;
  readonly costCentre: string;
  readonly tier: Tier;
  /** With what short runs are filled up by. */
  readonly usage: UsageSum;
}

interface DayRow {
  readonly key: string;
  readonly day: string;
  readonly costCentre: string;
  readonly tier: string;
  readonly ms: string;
  readonly vcpuMs: string;
  readonly memoryMiBMs: string;
  readonly diskGiBMs: string;
}

/** Which of the daily sums answers, and what of it is the group. */
const DIMENSION: Readonly<
  Record<CostGroup, { readonly dimension: string; readonly key: Prisma.Sql; readonly of: Prisma.Sql }>
> = {
  cluster: { dimension: 'cluster', key: Prisma.sql`"key"`, of: Prisma.sql`"clusterId"` },
  site: { dimension: 'site', key: Prisma.sql`"key"`, of: Prisma.sql`"site"` },
  reason: { dimension: 'reason', key: Prisma.sql`"key"`, of: Prisma.sql`"reason"` },
  costCentre: { dimension: 'cluster', key: Prisma.sql`"costCentre"`, of: Prisma.sql`"costCentre"` },
  tier: { dimension: 'cluster', key: Prisma.sql`"tier"`, of: Prisma.sql`"tier"` },
};

export interface DaysWanted {
  readonly from: Date;
  /** First moment after. */
  readonly to: Date;
  readonly groupBy: CostGroup;
  /** Not with groups by site or reason: their daily sums know no cluster. */
  readonly clusterId?: string;
  readonly costCentre?: string;
}

/**
 * Usage per day (UTC), cost centre and tier, of the ledger's daily sums, of what goes on as far as it was seen, and of
 * what runs that were too short are filled up by. Rates begin with days, so it can be priced exactly.
 */
export const loadUsageDays = async (
  db: Database,
  wanted: DaysWanted,
  rates: readonly Rate[],
): Promise<readonly DayUsage[]> => {
  const { from, to, clusterId, costCentre } = wanted;
  const { dimension, key, of } = DIMENSION[wanted.groupBy];
  const onlyCentre = costCentre === undefined ? Prisma.empty : Prisma.sql`and "costCentre" = ${costCentre}`;
  const only = clusterId === undefined ? onlyCentre : Prisma.sql`and "clusterId" = ${clusterId} ${onlyCentre}`;
  const onlyDays = clusterId === undefined ? onlyCentre : Prisma.sql`and "key" = ${clusterId} ${onlyCentre}`;
  const p = periodArrays(
    ratePeriods(rates, await costCentresOf(db), from.getTime(), to.getTime()).filter(
      ({ rate }) => rate.minimumSeconds > 0,
    ),
  );
  const rows = await db.$queryRaw<DayRow[]>`
    with open as materialized (
      select ${of} as "key", "costCentre", "tier", "vcpus", "memoryMiB", "diskGiB",
        greatest("startedAt", ${from}::timestamptz) at time zone 'UTC' as "since",
        least("seenAt", ${to}::timestamptz) at time zone 'UTC' as "until"
      from "UsageOpen" where "startedAt" < ${to} and "seenAt" > ${from} ${only}),
    parts as (
      select ${key} as "key", "day", "costCentre", "tier", "ms", "vcpuMs", "memoryMiBMs", "diskGiBMs" from "UsageDay"
      where "dimension" = ${dimension} and "day" >= (${from}::timestamptz at time zone 'UTC')::date
        and "day" < (${to}::timestamptz at time zone 'UTC')::date ${onlyDays}
      union all
      -- What goes on: its first day one by one, later days summed up by when it began.
      select "key", "since"::date, "costCentre", "tier", "ms", "ms" * "vcpus", "ms" * "memoryMiB", "ms" * "diskGiB"
      from (select *, (extract(epoch from
        least("until", date_trunc('day', "since") + interval '1 day') - "since") * 1000)::bigint as "ms" from open) f
      union all
      select "key", b."day"::date, "costCentre", "tier", m."ms" * "n", m."ms" * "vcpus", m."ms" * "memoryMiB",
        m."ms" * "diskGiB"
      from (
        select "key", "costCentre", "tier", "until", date_trunc('day', "since") + interval '1 day' as "second",
          count(*) as "n", sum("vcpus") as "vcpus", sum("memoryMiB") as "memoryMiB", sum("diskGiB") as "diskGiB"
        from open group by 1, 2, 3, 4, 5) g
      cross join lateral generate_series("second", "until" - interval '1 millisecond', interval '1 day') as b("day")
      cross join lateral (select (extract(epoch from
        least("until", b."day" + interval '1 day') - b."day") * 1000)::bigint as "ms") m
      union all
      select "key", "day"::date, "costCentre", "tier", "ms", "ms" * "vcpus", "ms" * "memoryMiB", "ms" * "diskGiB" from (
        select i."key", (i."endedAt" - interval '1 millisecond') at time zone 'UTC' as "day", i."costCentre",
          i."tier", i."vcpus", i."memoryMiB", i."diskGiB",
          p."minimumMs" - (extract(epoch from i."endedAt" - i."runStartedAt") * 1000)::bigint as "ms"
        from (select *, ${of} as "key" from "UsageInterval" where "resource" = 'vm' and "endsRun"
            and "endedAt" - "runStartedAt" < interval '1 hour' and "endedAt" > ${from} and "endedAt" <= ${to} ${only}) i
        join unnest(${p.costCentres}::text[], ${p.from}::timestamptz[], ${p.to}::timestamptz[], ${p.minimumMs}::bigint[])
          as p("ofCentre", "fromAt", "toAt", "minimumMs")
          on p."ofCentre" = i."costCentre" and p."fromAt" < i."endedAt" and p."toAt" >= i."endedAt") s
      where "ms" > 0)
    select "key", "day"::text as "day", "costCentre", "tier", sum("ms")::text as "ms", sum("vcpuMs")::text as "vcpuMs",
      sum("memoryMiBMs")::text as "memoryMiBMs", sum("diskGiBMs")::text as "diskGiBMs"
    from parts group by 1, 2, 3, 4`;
  return rows.map((row) => ({
    key: row.key,
    day: row.day,
    costCentre: row.costCentre,
    tier: toTier(row.tier),
    usage: {
      ms: BigInt(row.ms),
      vcpuMs: BigInt(row.vcpuMs),
      memoryMiBMs: BigInt(row.memoryMiBMs),
      diskGiBMs: BigInt(row.diskGiBMs),
    },
  }));
};

/** What runs now, as if for an hour, by cost centre and tier. */
export const loadHourNow = async (
  db: Database,
  only: { readonly clusterId?: string; readonly costCentre?: string } = {},
): Promise<readonly { readonly costCentre: string; readonly tier: Tier; readonly usage: UsageSum }[]> => {
  const rows = await db.usageOpen.groupBy({
    by: ['costCentre', 'tier'],
    where: only,
    _sum: { vcpus: true, memoryMiB: true, diskGiB: true },
    _count: true,
  });
  const hour = 3_600_000n;
  return rows.map(({ costCentre, tier, _sum, _count }) => ({
    costCentre,
    tier: toTier(tier),
    usage: {
      ms: BigInt(_count) * hour,
      vcpuMs: BigInt(_sum.vcpus ?? 0) * hour,
      memoryMiBMs: BigInt(_sum.memoryMiB ?? 0) * hour,
      diskGiBMs: BigInt(_sum.diskGiB ?? 0) * hour,
    },
  }));
};
