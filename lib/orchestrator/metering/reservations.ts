import { NO_SHAPE } from '@/lib/domain/shape';
import type { Because, UsageResource, UsageSubject } from '@/lib/domain/usage/types';
import type { Database } from '@/lib/usecases/context';
import { becauseOf } from '@/lib/usecases/usage/describe-vm';
import type { MeterReport } from '@/lib/usecases/usage/note-usage';

interface Reservation {
  readonly resource: UsageResource;
  readonly id: string;
  readonly fromAt: Date;
  readonly toAt: Date | null;
  readonly subject: UsageSubject;
}

const reportsOf = async (db: Database, all: readonly Reservation[]): Promise<readonly MeterReport[]> => {
  const ids = all.map(({ id }) => id);
  const facts = await db.usageFact.findMany({
    where: { resourceId: { in: ids }, kind: { in: ['started', 'ended'] } },
    select: { resourceId: true, resource: true, kind: true },
  });
  const known = new Set(facts.map(({ resource, resourceId, kind }) => `${resource} ${resourceId} ${kind}`));
  const reports: MeterReport[] = [];
  for (const { resource, id, fromAt, toAt, subject } of all) {
    const run = { resource, resourceId: id, startedAtMs: fromAt.getTime() };
    const has = (kind: string): boolean => known.has(`${resource} ${id} ${kind}`);
    if (!has('started'))
      reports.push({ ...run, kind: 'started', subject, because: await because(db, subject.clusterId, fromAt) });
    if (toAt !== null && !has('ended'))
      reports.push({
        ...run,
        kind: 'ended',
        atMs: toAt.getTime(),
        because: await because(db, subject.clusterId, toAt),
      });
  }
  return reports;
};

/** The operation that was under way with the cluster then. */
const because = async (db: Database, clusterId: string, at: Date): Promise<Because> => {
  const operation = await db.operation.findFirst({
    where: { clusterId, createdAt: { lte: at }, OR: [{ endedAt: null }, { endedAt: { gte: at } }] },
    orderBy: { createdAt: 'desc' },
  });
  return operation === null
    ? { operationId: null, actor: 'system orchestrator', reason: 'no operation was under way' }
    : becauseOf(operation);
};

/**
 * What is new in the ledger of volumes and virtual addresses, which are charged from when they were taken to when they
 * were given back, as the database has it.
 */
export const reportsOfReservations = async (db: Database): Promise<readonly MeterReport[]> => {
  const open = await db.usageOpen.findMany({
    where: { resource: { in: ['volume', 'vip'] } },
    select: { resource: true, resourceId: true },
  });
  const openIds = (resource: UsageResource): string[] =>
    open.filter((row) => row.resource === resource).map(({ resourceId }) => resourceId);
  // Also what came and went between two looks.
  const metered = await db.$queryRaw<{ id: string }[]>`
    select c."id" from "Cluster" c where c."deletedAt" is not null
      and not exists (select 1 from "UsageFact" f where f."resourceId" = c."id" and f."resource" = 'vip')
    union all
    select v."id" from "Volume" v where v."destroyedAt" is not null
      and not exists (select 1 from "UsageFact" f where f."resourceId" = v."id" and f."resource" = 'volume')`;
  const missed = metered.map(({ id }) => id);
  const [clusters, volumes] = await Promise.all([
    db.cluster.findMany({ where: { OR: [{ deletedAt: null }, { id: { in: [...openIds('vip'), ...missed] } }] } }),
    db.volume.findMany({
      where: { OR: [{ destroyedAt: null }, { id: { in: [...openIds('volume'), ...missed] } }] },
      include: { cluster: true },
    }),
  ]);
  const ofCluster = (cluster: { readonly id: string; readonly name: string; readonly costCentre: string }) => ({
    clusterId: cluster.id,
    clusterName: cluster.name,
    costCentre: cluster.costCentre,
    site: '',
    host: '',
  });
  return reportsOf(db, [
    ...clusters.map(
      (cluster): Reservation => ({
        resource: 'vip',
        id: cluster.id,
        fromAt: cluster.createdAt,
        toAt: cluster.deletedAt,
        subject: { name: cluster.vip, tier: 'vip', ...ofCluster(cluster), shape: NO_SHAPE },
      }),
    ),
    ...volumes.map(
      (volume): Reservation => ({
        resource: 'volume',
        id: volume.id,
        fromAt: volume.createdAt,
        toAt: volume.destroyedAt,
        subject: {
          name: volume.id,
          tier: 'volume',
          ...ofCluster(volume.cluster),
          shape: { ...NO_SHAPE, diskGiB: volume.sizeGiB },
        },
      }),
    ),
  ]);
};
