import { Prisma } from '@/lib/db/generated/client';
import type { MetricName } from '@/lib/domain/contract';
import type { MetricScope } from '@/lib/domain/policy/schema';
import type { Database } from '../context';

export interface SeriesPoint {
  readonly clusterId: string;
  readonly atMs: number;
  readonly value: number | null;
}

export interface SeriesQuery {
  readonly clusterIds: readonly string[];
  readonly metric: MetricName;
  readonly of: MetricScope;
  readonly from: Date;
  /** Not part of it. */
  readonly to: Date;
  /** Milliseconds; then each point is the mean of such a stretch. Samples as they are unless given. */
  readonly binMs?: number;
}

/** A metric's name is one of a closed list, so it may stand in the statement itself. */
const column = (metric: MetricName): Prisma.Sql => Prisma.raw(`"${metric}"`);

/** At each moment of a sample, one value of the cluster: its own, or that of its nodes summed up. */
const samples = ({ clusterIds, metric, of, from, to }: SeriesQuery): Prisma.Sql => {
  const where = Prisma.sql`"clusterId" = any(${clusterIds}::text[]) and "at" >= ${from}::timestamptz and "at" < ${to}::timestamptz`;
  switch (of) {
    case 'cluster':
      return Prisma.sql`select "clusterId", "at", ${column(metric)} as value from "MetricSample" where "vmId" = '' and ${where}`;
    case 'node-mean':
      return Prisma.sql`select "clusterId", "at", avg(${column(metric)}) as value from "MetricSample" where "vmId" <> '' and ${where} group by 1, 2`;
    case 'node-max':
      return Prisma.sql`select "clusterId", "at", max(${column(metric)}) as value from "MetricSample" where "vmId" <> '' and ${where} group by 1, 2`;
    default: {
      const unknown: never = of;
      throw new Error(`unknown scope ${String(unknown)}`);
    }
  }
};

const inBins = (source: Prisma.Sql, binMs: number): Prisma.Sql => Prisma.sql`
  select "clusterId", date_bin(make_interval(secs => ${binMs / 1000}::float8), "at", 'epoch'::timestamptz) as "at", avg(value) as value
    from (${source}) s group by 1, 2`;

const asPoints = (source: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select "clusterId", (extract(epoch from "at") * 1000)::float8 as "atMs", value::float8 as value
    from (${source}) b order by "clusterId", "at"`;

/** Values over time of many clusters by one statement, ordered by cluster and time. */
export const readSeries = (db: Database, query: SeriesQuery): Promise<readonly SeriesPoint[]> => {
  if (query.clusterIds.length === 0) return Promise.resolve([]);
  const source = query.binMs === undefined ? samples(query) : inBins(samples(query), query.binMs);
  return db.$queryRaw<SeriesPoint[]>(asPoints(source));
};

/**
 * The demand on a cluster, in bins: busy vCPUs for CPU, the sum over the cluster for what is counted. It does not depend
 * on the size that the cluster had.
 */
export const readDemand = (
  db: Database,
  query: Omit<SeriesQuery, 'of' | 'binMs'> & { readonly binMs: number },
): Promise<readonly SeriesPoint[]> => {
  if (query.metric !== 'cpu') return readSeries(db, { ...query, of: 'cluster' });
  const busy = Prisma.sql`
    select m."clusterId", m."at", sum(m."cpu" * v."vcpus") as value from "MetricSample" m join "Vm" v on v."id" = m."vmId"
     where m."clusterId" = any(${query.clusterIds}::text[]) and m."vmId" <> ''
       and m."at" >= ${query.from}::timestamptz and m."at" < ${query.to}::timestamptz
     group by 1, 2`;
  return db.$queryRaw<SeriesPoint[]>(asPoints(inBins(busy, query.binMs)));
};

export interface UsagePoint {
  readonly atMs: number;
  readonly busyVcpus: number | null;
  readonly usedMiB: number | null;
}

/** What each node of a cluster used, in bins and by time: the mean of its busy vCPUs, the most of its memory. */
export const readUsage = (
  db: Database,
  clusterId: string,
  from: Date,
  to: Date,
  binMs: number,
): Promise<readonly UsagePoint[]> => db.$queryRaw<UsagePoint[]>`
  select (extract(epoch from date_bin(make_interval(secs => ${binMs / 1000}::float8), m."at", 'epoch'::timestamptz)) * 1000)::float8 as "atMs",
         avg(m."cpu" * v."vcpus")::float8 as "busyVcpus", max(m."memory" * v."memoryMiB")::float8 as "usedMiB"
    from "MetricSample" m join "Vm" v on v."id" = m."vmId"
   where m."clusterId" = ${clusterId} and m."vmId" <> '' and m."at" >= ${from}::timestamptz and m."at" < ${to}::timestamptz
   group by 1, m."vmId" order by 1`;
