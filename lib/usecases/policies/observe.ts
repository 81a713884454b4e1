import type { RequirementsRevision } from '@/lib/db/generated/client';
import { HeadroomError } from '@/lib/domain/errors';
import { NO_STATE, type PolicyState, type SizeChange } from '@/lib/domain/policy/evaluate';
import { directionOf, type Size, sizeOf } from '@/lib/domain/policy/size';
import type { Requirements } from '@/lib/domain/requirements';
import { toRequirements } from '../clusters/view';
import type { Database } from '../context';
import { ACTIVE } from '../operations/active';
import { byCluster } from './by-cluster';
import { POLICY_INCLUDE, type PolicyRow } from './view';

const DAY_MS = 86_400_000;

/** What policies of one cluster are shown besides metrics. */
export interface ClusterFacts {
  readonly clusterId: string;
  readonly name: string;
  readonly generation: number;
  readonly size: Size;
  readonly vms: number;
  readonly busyWith: string | null;
  readonly state: PolicyState;
  /** Policies with an open recommendation. */
  readonly asking: ReadonlySet<string>;
}

interface ChangeRow {
  readonly clusterId: string;
  readonly kind: string;
  readonly endedAt: Date;
  readonly state: string;
  readonly before: Requirements | null;
  readonly after: Requirements | null;
}

/** Changes that ended within a day, oldest first. What was undone counts as a change, but has no direction. */
const readChanges = (db: Database, clusterIds: readonly string[], since: Date): Promise<ChangeRow[]> =>
  db.$queryRaw<ChangeRow[]>`
    select "clusterId", "kind", "endedAt", "state"::text as "state", "plan"->'before' as "before", "plan"->'after' as "after"
      from "Operation"
     where "clusterId" = any(${clusterIds}::text[]) and "kind" in ('change', 'create')
       and "endedAt" >= ${since}::timestamptz
     order by "endedAt"`;

const toSizeChange = ({ state, endedAt, before, after }: ChangeRow): readonly SizeChange[] => {
  if (state !== 'done' || before === null || after === null) return [];
  const direction = directionOf(sizeOf(before.nodes, before.shape), sizeOf(after.nodes, after.shape));
  return direction === null ? [] : [{ atMs: endedAt.getTime(), direction }];
};

const stateOf = (changes: readonly ChangeRow[]): PolicyState =>
  changes.length === 0
    ? NO_STATE
    : { lastChangeMs: changes.at(-1)?.endedAt.getTime() ?? null, changes: changes.flatMap(toSizeChange) };

/** All policies that are switched on, of clusters that are there, by name. */
export const loadEnabledPolicies = (db: Database): Promise<readonly PolicyRow[]> =>
  db.policy.findMany({
    where: { enabled: true, deletedAt: null, cluster: { state: { in: ['running', 'degraded'] } } },
    include: POLICY_INCLUDE,
    orderBy: { name: 'asc' },
  });

/** Facts of many clusters by a handful of statements, however many they are. */
export const loadClusterFacts = async (
  db: Database,
  clusterIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, ClusterFacts>> => {
  const ids = [...clusterIds];
  const [clusters, revisions, vms, changes, open] = await Promise.all([
    db.cluster.findMany({
      where: { id: { in: ids } },
      include: { operations: { where: ACTIVE } },
    }),
    db.$queryRaw<RequirementsRevision[]>`
      select distinct on ("clusterId") * from "RequirementsRevision"
       where "clusterId" = any(${ids}::text[]) order by "clusterId", "generation" desc`,
    db.vm.groupBy({ by: ['clusterId'], where: { clusterId: { in: ids }, state: { not: 'released' } }, _count: true }),
    readChanges(db, ids, new Date(now.getTime() - DAY_MS)),
    db.recommendation.findMany({ where: { state: 'open', clusterId: { in: ids } }, select: { policyId: true } }),
  ]);
  const asking = new Set(open.flatMap(({ policyId }) => policyId ?? []));
  const newest = new Map(revisions.map((revision) => [revision.clusterId, toRequirements(revision)]));
  const counts = new Map(vms.map((row) => [row.clusterId, row._count]));
  const changesOf = byCluster(changes);
  return new Map(
    clusters.map((cluster) => {
      const requirements = newest.get(cluster.id);
      if (requirements === undefined) {
        throw new HeadroomError('internal', 'A cluster has no requirements.', { context: { clusterId: cluster.id } });
      }
      const active = cluster.operations[0];
      const healing = cluster.state === 'degraded' ? 'healing: the cluster is degraded' : null;
      const facts: ClusterFacts = {
        clusterId: cluster.id,
        name: cluster.name,
        generation: cluster.generation,
        size: sizeOf(requirements.nodes, requirements.shape),
        vms: counts.get(cluster.id) ?? 0,
        busyWith: active?.kind ?? healing,
        state: stateOf(changesOf.get(cluster.id) ?? []),
        asking,
      };
      return [cluster.id, facts];
    }),
  );
};
