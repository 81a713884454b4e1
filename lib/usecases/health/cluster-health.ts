import { alarmSubject } from '@/lib/domain/alarm';
import { type ClusterHealthView, type FenceView, witnessesSchema } from '@/lib/domain/contract';
import { HOUR_MS, RECOVERIES_PER_HOUR, toVerdict } from '@/lib/domain/health';
import { getClusterRow } from '../clusters/get-cluster';
import { authorise, type Database, type UseCaseContext } from '../context';

const CHANGES_SHOWN = 50;
const RECOVERIES_SHOWN = 20;
const FENCES_SHOWN = 20;

const fencesOf = async (db: Database, clusterId: string): Promise<FenceView[]> => {
  const vms = await db.vm.findMany({ where: { clusterId }, include: { host: { select: { name: true } } } });
  const names = new Map([
    ...vms.map((vm): [string, string] => [alarmSubject('vm', vm.id), vm.name]),
    ...vms.map((vm): [string, string] => [alarmSubject('host', vm.hostId), vm.host.name]),
  ]);
  const fences = await db.fence.findMany({
    where: { subject: { in: [...names.keys()] } },
    orderBy: { at: 'desc' },
    take: FENCES_SHOWN,
  });
  return fences.map(({ subject, at, method, detail, by, liftedAt }) => ({
    name: names.get(subject) ?? subject,
    at: at.toISOString(),
    method,
    detail,
    by,
    liftedAt: liftedAt?.toISOString() ?? null,
  }));
};

/** What every witness says of each node now, the last changes of verdict, and recoveries that nobody asked for. */
export const clusterHealth = async (context: UseCaseContext, clusterIdOrName: string): Promise<ClusterHealthView> => {
  authorise(context, 'cluster.read');
  const { db } = context;
  const { id: clusterId } = await getClusterRow(db, clusterIdOrName);
  const [nodes, changes, fences, recent, lastHour] = await Promise.all([
    db.nodeHealth.findMany({
      where: { clusterId, node: { state: { not: 'left' } } },
      include: { node: { include: { vm: { select: { name: true } } } } },
    }),
    db.healthChange.findMany({ where: { clusterId }, orderBy: { id: 'desc' }, take: CHANGES_SHOWN }),
    fencesOf(db, clusterId),
    db.recovery.findMany({ where: { clusterId }, orderBy: { at: 'desc' }, take: RECOVERIES_SHOWN }),
    db.recovery.count({ where: { clusterId, at: { gt: new Date(context.clock().getTime() - HOUR_MS) } } }),
  ]);
  return {
    nodes: nodes
      .map((health) => ({
        node: health.node.vm.name,
        verdict: toVerdict(health.verdict),
        reason: health.reason,
        since: health.since.toISOString(),
        witnesses: witnessesSchema.parse(health.witnesses),
        at: health.at.toISOString(),
      }))
      .sort((a, b) => a.node.localeCompare(b.node, 'en', { numeric: true })),
    changes: changes.map((change) => ({
      node: change.node,
      at: change.at.toISOString(),
      before: change.before === null ? null : toVerdict(change.before),
      verdict: toVerdict(change.verdict),
      reason: change.reason,
      witnesses: witnessesSchema.parse(change.witnesses),
    })),
    fences,
    recoveries: {
      lastHour,
      limit: RECOVERIES_PER_HOUR,
      recent: recent.map(({ at, kind, detail, operationId }) => ({ at: at.toISOString(), kind, detail, operationId })),
    },
  };
};
