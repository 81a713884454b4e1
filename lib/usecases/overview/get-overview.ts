import type { Prisma } from '@/lib/db/generated/client';
import type { Movement, OverviewCluster, OverviewView } from '@/lib/domain/contract';
import { OPERATION_KINDS } from '@/lib/domain/plan';
import { sumShapes } from '@/lib/domain/shape';
import { CLUSTER_INCLUDE, type ClusterRow, freshOf, requirementsInForce } from '../clusters/view';
import { authorise, type Database, type UseCaseContext } from '../context';
import { readLoads } from '../metrics/loads';
import { ACTIVE } from '../operations/active';
import { fromPlanJson } from '../operations/stored';
import { loadMap } from './map';

/** Clusters on the overview; all of them have a page of their own. */
const CLUSTERS_SHOWN = 12;
const MOVEMENTS_SHOWN = 20;

const PRESENT: Prisma.ClusterWhereInput = { state: { not: 'deleted' } };
const ROUTINE: Prisma.ClusterWhereInput = { state: 'running', operations: { none: ACTIVE } };

/** Those that want attention first, then by name. */
const loadClusters = async (db: Database): Promise<readonly ClusterRow[]> => {
  const read = (where: Prisma.ClusterWhereInput, take: number) =>
    db.cluster.findMany({ where: { AND: [PRESENT, where] }, include: CLUSTER_INCLUDE, orderBy: { name: 'asc' }, take });
  const first = await read({ NOT: ROUTINE }, CLUSTERS_SHOWN);
  return [...first, ...(first.length < CLUSTERS_SHOWN ? await read(ROUTINE, CLUSTERS_SHOWN - first.length) : [])];
};

const toOverviewCluster = (cluster: ClusterRow, load: readonly (number | null)[], now: Date): OverviewCluster => {
  const { nodes, shape } = requirementsInForce(cluster);
  const members = cluster.vms.filter((vm) => vm.role === 'node');
  const holder = members.find(({ node }) => freshOf(node, now)?.holdsVip === true);
  const active = cluster.operations[0];
  return {
    id: cluster.id,
    name: cluster.name,
    workload: cluster.workload.name,
    state: cluster.state,
    nodesActive: members.filter(({ node }) => node?.state === 'active').length,
    nodesWanted: nodes,
    shape,
    vip: cluster.vip,
    holder: holder?.name ?? null,
    activeOperation: active === undefined ? null : { id: active.id, kind: active.kind },
    load: [...load],
  };
};

/** What is under way, newest first, as the plans have it. */
const loadMovements = async (db: Database): Promise<Movement[]> => {
  const operations = await db.operation.findMany({
    where: ACTIVE,
    orderBy: { createdAt: 'desc' },
    take: MOVEMENTS_SHOWN,
    select: { id: true, kind: true, plan: true, cluster: { select: { name: true } } },
  });
  return operations.map(({ id, kind, plan, cluster }) => ({
    operationId: id,
    kind: OPERATION_KINDS.find((known) => known === kind) ?? fromPlanJson(plan).kind,
    cluster: cluster.name,
    pairs: fromPlanJson(plan).pairing.map(({ from, to }) => ({ from, to })),
  }));
};

const loadAttention = async (db: Database): Promise<OverviewView['attention']> => {
  const [approvals, alarms, stuck, active] = await Promise.all([
    db.recommendation.count({ where: { state: 'open' } }),
    db.alarm.count({ where: { resolvedAt: null } }),
    db.operation.count({ where: { state: 'stuck' } }),
    db.operation.count({ where: ACTIVE }),
  ]);
  return { approvals, alarms, stuck, active };
};

/** Sites, hosts, VMs and clusters at one glance, with what moves and what waits for people. */
export const getOverview = async (context: UseCaseContext): Promise<OverviewView> => {
  authorise(context, 'cluster.read');
  const { db } = context;
  const now = context.clock();
  const [map, rows, clusters, degraded, movements, attention] = await Promise.all([
    loadMap(db, now),
    loadClusters(db),
    db.cluster.count({ where: PRESENT }),
    db.cluster.count({ where: { state: 'degraded' } }),
    loadMovements(db),
    loadAttention(db),
  ]);
  const ids = rows.map(({ id }) => id);
  const load = await readLoads(db, ids, now);
  const { hosts, spares } = map;
  return {
    totals: {
      clusters,
      degraded,
      vms: hosts.reduce((sum, host) => sum + host.vmCount, 0),
      spares,
      hosts: hosts.length,
      hostsUp: hosts.filter((host) => host.state === 'up').length,
      capacity: sumShapes(hosts.map((host) => host.capacity)),
      used: sumShapes(hosts.map((host) => host.used)),
    },
    attention,
    hosts,
    clusters: rows.map((row) => toOverviewCluster(row, load.get(row.id) ?? [], now)),
    movements,
  };
};
