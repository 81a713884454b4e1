import type { LoadsView } from '@/lib/domain/contract';
import { authorise, type Database, type UseCaseContext } from '../context';

const WINDOW_MS = 10 * 60_000;
const STEP_MS = 15_000;

/** Requests per second of clusters in the last ten minutes, one value per step, oldest first, by id. */
export const readLoads = async (
  db: Database,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, (number | null)[]>> => {
  const count = WINDOW_MS / STEP_MS;
  const startMs = Math.floor(now.getTime() / STEP_MS + 1) * STEP_MS - WINDOW_MS;
  const rows = await db.$queryRaw<{ clusterId: string; bin: number; value: number | null }[]>`
    select "clusterId", floor((extract(epoch from "at") * 1000 - ${startMs}) / ${STEP_MS})::int as "bin",
      avg("requestsPerSecond") as "value"
    from "MetricSample"
    where "clusterId" = any(${ids}) and "vmId" = '' and "at" >= ${new Date(startMs)}::timestamptz group by 1, 2`;
  const loads = new Map<string, (number | null)[]>();
  for (const { clusterId, bin, value } of rows) {
    const values = loads.get(clusterId) ?? Array.from({ length: count }, () => null);
    if (bin >= 0 && bin < count) values[bin] = value;
    loads.set(clusterId, values);
  }
  return loads;
};

/** The same for whoever asks; a cluster that is not known, or not measured, has no values. */
export const clusterLoads = async (context: UseCaseContext, ids: readonly string[]): Promise<LoadsView> => {
  authorise(context, 'cluster.read');
  const loads = await readLoads(context.db, ids, context.clock());
  return { loads: ids.map((clusterId) => ({ clusterId, values: loads.get(clusterId) ?? [] })) };
};
