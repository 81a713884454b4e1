import type { Prisma } from '@/lib/db/generated/client';
import { EVENT_KINDS, type EventKind, type EventsQuery, type Page, type StoredEvent } from '@/lib/domain/contract';
import { roleCan } from '@/lib/domain/role';
import { authorise, type UseCaseContext } from '../context';
import { cursorNumber, decodeCursor, encodeCursor, toPage } from '../paging';

const isKind = (text: string): text is EventKind => EVENT_KINDS.some((kind) => kind === text);

/** Ids of the clusters meant, deleted ones of that name too: their past is still there. */
const clusterIds = async (context: UseCaseContext, idOrName: string): Promise<readonly string[]> => {
  const found = await context.db.cluster.findMany({
    where: { OR: [{ id: idOrName }, { name: idOrName }] },
    select: { id: true },
  });
  return found.map(({ id }) => id);
};

/** What happened, newest first, as far as the caller may see it: acts of people are for those who may read the audit. */
export const listEvents = async (
  context: UseCaseContext,
  { limit, cursor, kind, cluster, operation, from, to }: Partial<EventsQuery> & { readonly limit: number },
): Promise<Page<StoredEvent>> => {
  authorise(context, 'cluster.read');
  const before = cursor === undefined ? null : cursorNumber(decodeCursor(cursor, 1)[0]);
  const where: Prisma.EventWhereInput[] = [
    roleCan(context.actor.role, 'audit.read') ? {} : { kind: { not: 'audit' } },
    kind === undefined ? { kind: { in: [...EVENT_KINDS] } } : { kind },
    cluster === undefined ? {} : { clusterId: { in: [...(await clusterIds(context, cluster))] } },
    operation === undefined ? {} : { operationId: operation },
    from === undefined ? {} : { at: { gte: from } },
    to === undefined ? {} : { at: { lt: to } },
    before === null ? {} : { id: { lt: before } },
  ];
  const rows = await context.db.event.findMany({ where: { AND: where }, orderBy: { id: 'desc' }, take: limit + 1 });
  const ids = [...new Set(rows.flatMap(({ clusterId }) => clusterId ?? []))];
  const named = await context.db.cluster.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const clusters = new Map(named.map((found) => [found.id, found]));
  return toPage(
    rows.flatMap((row) => (isKind(row.kind) ? [{ ...row, kind: row.kind }] : [])),
    limit,
    (row) => ({
      id: row.id.toString(),
      kind: row.kind,
      at: row.at.toISOString(),
      clusterId: row.clusterId,
      cluster: row.clusterId === null ? null : (clusters.get(row.clusterId) ?? null),
      operationId: row.operationId,
      payload: row.payload,
    }),
    (row) => encodeCursor(row.id.toString()),
  );
};
