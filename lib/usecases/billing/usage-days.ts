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

const KEY: Readonly<Record<CostGroup, Prisma.Sql>> = {
  cluster: Prisma.sql`"clusterId"`,
  costCentre: Prisma.sql`"costCentre"`,
  site: Prisma.sql`"site"`,
  reason: Prisma.sql`"reason"`,
  tier: Prisma.sql`"tier"`,
};

export interface DaysWanted {
  readonly from: Date;
  /** First moment after. */
  readonly to: Date;
  readonly groupBy: CostGroup;
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
  const { from, to } = wanted;
  const key = KEY[wanted.groupBy];
  const only = Prisma.sql`${wanted.clusterId === undefined ? Prisma.empty : Prisma.sql`and "clusterId" = ${wanted.clusterId}`}
    ${wanted.costCentre === undefined ? Prisma.empty : Prisma.sql`and "costCentre" = ${wanted.costCentre}`}`;
  const p = periodArrays(
    ratePeriods(rates, await costCentresOf(db), from.getTime(), to.getTime()).filter(
      ({ rate }) => rate.minimumSeconds > 0,
    ),
  );
  const rows = await db.$queryRaw<DayRow[]>`
    select "key", "day"::text as "day", "costCentre", "tier", sum("ms")::text as "ms", sum("vcpuMs")::text as "vcpuMs",
      sum("memoryMiBMs")::text as "memoryMiBMs", sum("diskGiBMs")::text as "diskGiBMs"
    from (
      select ${key} as "key", "day", "costCentre", "tier", "ms", "vcpuMs", "memoryMiBMs", "diskGiBMs" from "UsageDay"
      where "day" >= (${from}::timestamptz at time zone 'UTC')::date
        and "day" < (${to}::timestamptz at time zone 'UTC')::date ${only}
      union all
      select "key", "day"::date, "costCentre", "tier", "ms", "ms" * "vcpus", "ms" * "memoryMiB", "ms" * "diskGiB" from (
        select ${key} as "key", b."day", "costCentre", "tier", "vcpus", "memoryMiB", "diskGiB",
          (extract(epoch from least("seenAt", (b."day" + interval '1 day') at time zone 'UTC')
            - greatest("startedAt", b."day" at time zone 'UTC')) * 1000)::bigint as "ms"
        from "UsageOpen" cross join lateral generate_series(
          date_trunc('day', greatest("startedAt", ${from}::timestamptz) at time zone 'UTC'),
          (least("seenAt", ${to}::timestamptz) at time zone 'UTC') - interval '1 millisecond', interval '1 day') as b("day")
        where "startedAt" < ${to} and "seenAt" > ${from} ${only}) o
      where "ms" > 0
      union all
      select "key", "day"::date, "costCentre", "tier", "ms", "ms" * "vcpus", "ms" * "memoryMiB", "ms" * "diskGiB" from (
        select ${key} as "key", (i."endedAt" - interval '1 millisecond') at time zone 'UTC' as "day", i."costCentre",
          i."tier", i."vcpus", i."memoryMiB", i."diskGiB",
          p."minimumMs" - (extract(epoch from i."endedAt" - i."runStartedAt") * 1000)::bigint as "ms"
        from (select * from "UsageInterval" where "resource" = 'vm' and "endsRun"
            and "endedAt" - "runStartedAt" < interval '1 hour' and "endedAt" > ${from} and "endedAt" <= ${to} ${only}) i
        join unnest(${p.costCentres}::text[], ${p.from}::timestamptz[], ${p.to}::timestamptz[], ${p.minimumMs}::bigint[])
          as p("ofCentre", "fromAt", "toAt", "minimumMs")
          on p."ofCentre" = i."costCentre" and p."fromAt" < i."endedAt" and p."toAt" >= i."endedAt") s
      where "ms" > 0
    ) u group by 1, 2, 3, 4`;
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
