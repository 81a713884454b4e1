import type { Operation } from '@/lib/db/generated/client';
import { METRICS, type MetricName, type MetricsQuery, type MetricsView } from '@/lib/domain/contract';
import { getClusterRow } from '../clusters/get-cluster';
import { authorise, type Database, type UseCaseContext } from '../context';
import { type MetricsWindow, planMetricsWindow } from './window';

type BinRow = { readonly vmId: string; readonly atMs: number } & Readonly<Record<MetricName, number | null>>;
type Values = Record<MetricName, (number | null)[]>;

/** Marks beyond these would cover the lines. */
const DECISIONS_MAX = 200;
const REPEATED_MS = 60_000;

/** A bin holds the mean of its samples, but for the 99th percentile: there it is the worst. Without samples it is null. */
const readBins = (db: Database, clusterId: string, window: MetricsWindow): Promise<BinRow[]> => {
  const start = new Date(window.startMs);
  const end = new Date(window.startMs + window.count * window.stepMs);
  return db.$queryRaw<BinRow[]>`
    select "vmId",
           (extract(epoch from date_bin(make_interval(secs => ${window.stepMs / 1000}::float8), "at", ${start}::timestamptz)) * 1000)::float8 as "atMs",
           avg("cpu") as "cpu", avg("memory") as "memory", avg("requestsPerSecond") as "requestsPerSecond",
           avg("latencyP50Ms") as "latencyP50Ms", max("latencyP99Ms") as "latencyP99Ms",
           avg("errorsPerSecond") as "errorsPerSecond", avg("connections") as "connections"
      from "MetricSample"
     where "clusterId" = ${clusterId} and "at" >= ${start}::timestamptz and "at" < ${end}::timestamptz
     group by 1, 2`;
};

const noValues = (count: number): Values => ({
  cpu: Array.from({ length: count }, () => null),
  memory: Array.from({ length: count }, () => null),
  requestsPerSecond: Array.from({ length: count }, () => null),
  latencyP50Ms: Array.from({ length: count }, () => null),
  latencyP99Ms: Array.from({ length: count }, () => null),
  errorsPerSecond: Array.from({ length: count }, () => null),
  connections: Array.from({ length: count }, () => null),
});

const toMarks = (operations: readonly Operation[], fromMs: number, toMs: number): MetricsView['marks'] => {
  const within = (at: Date | null): at is Date => at !== null && at.getTime() >= fromMs && at.getTime() <= toMs;
  return operations
    .flatMap((o) => [
      ...(within(o.startedAt) ? [{ at: o.startedAt, id: o.id, label: `${o.kind} started` }] : []),
      ...(within(o.endedAt) ? [{ at: o.endedAt, id: o.id, label: `${o.kind} ${o.state}` }] : []),
    ])
    .map((mark) => ({ ...mark, kind: 'operation', at: mark.at.toISOString() }));
};

/** Decisions of policies that did something or asked for it; what only held is no mark. */
const readDecisions = async (db: Database, clusterId: string, from: Date, to: Date): Promise<MetricsView['marks']> => {
  const rows = await db.policyEvaluation.findMany({
    where: { policy: { clusterId }, code: { in: ['acted', 'recommended', 'observed'] }, at: { gte: from, lte: to } },
    orderBy: { id: 'desc' },
    take: DECISIONS_MAX,
    select: { id: true, at: true, code: true, outcome: true, policy: { select: { name: true } } },
  });
  // While a policy goes on asking or observing, the first time counts.
  return rows
    .reverse()
    .filter((row, i, all) => all.slice(0, i).findLast(sameDecision(row)) === undefined || row.code === 'acted')
    .map(({ id, at, code, outcome, policy }) => ({
      at: at.toISOString(),
      kind: 'decision',
      id: String(id),
      label: `${policy.name} ${DECIDED[code] ?? code} ${outcome}`,
    }));
};

const DECIDED: Readonly<Record<string, string>> = { acted: 'decides:', recommended: 'asks:', observed: 'would:' };

interface Decided {
  readonly at: Date;
  readonly code: string;
  readonly outcome: string;
  readonly policy: { readonly name: string };
}

/** The same, so shortly before that it is one decision. */
const sameDecision =
  (a: Decided) =>
  (b: Decided): boolean =>
    a.policy.name === b.policy.name &&
    a.code === b.code &&
    a.outcome === b.outcome &&
    a.at.getTime() - b.at.getTime() <= REPEATED_MS;

/** Series of a cluster and of every node that was one in that time, on one common time axis. */
export const clusterMetrics = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  query: MetricsQuery,
): Promise<MetricsView> => {
  authorise(context, 'cluster.read');
  const cluster = await getClusterRow(context.db, clusterIdOrName, { deleted: true });
  const window = planMetricsWindow(query, context.clock());
  const { startMs, stepMs, count } = window;
  const endMs = startMs + count * stepMs;
  const from = new Date(startMs);
  const to = new Date(endMs);
  const [bins, vms, operations, decisions] = await Promise.all([
    readBins(context.db, cluster.id, window),
    context.db.vm.findMany({
      where: { clusterId: cluster.id, createdAt: { lt: to } },
      select: { id: true, name: true },
      orderBy: [{ createdAt: 'asc' }, { name: 'asc' }],
    }),
    context.db.operation.findMany({
      where: {
        clusterId: cluster.id,
        OR: [{ startedAt: { gte: from, lte: to } }, { endedAt: { gte: from, lte: to } }],
      },
    }),
    readDecisions(context.db, cluster.id, from, to),
  ]);

  const series = new Map<string, Values>();
  for (const bin of bins) {
    const values = series.get(bin.vmId) ?? noValues(count);
    series.set(bin.vmId, values);
    const index = Math.round((bin.atMs - startMs) / stepMs);
    for (const metric of METRICS) values[metric][index] = bin[metric];
  }
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    stepMs,
    times: Array.from({ length: count }, (_, i) => startMs + i * stepMs),
    cluster: series.get('') ?? noValues(count),
    nodes: vms.flatMap((vm) => {
      const values = series.get(vm.id);
      return values === undefined ? [] : [{ id: vm.id, name: vm.name, values }];
    }),
    marks: [...toMarks(operations, startMs, endMs), ...decisions].sort((a, b) => a.at.localeCompare(b.at)),
  };
};
