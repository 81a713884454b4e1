import type { Event, Prisma } from '@/lib/db/generated/client';
import { EVENT_KINDS, type EventKind, type EventsQuery, type Page, type StoredEvent } from '@/lib/domain/contract';
import { roleCan } from '@/lib/domain/role';
import { authorise, type Database, type UseCaseContext } from '../context';
import { fromPlanJson, toLogEntry } from '../operations/stored';
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

/** A value of an event's payload; null where it has none of that type. */
const textOf = ({ payload }: Event, name: string): string | null => {
  const value = (payload as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof value === 'string' ? value : null;
};

const seqOf = ({ payload }: Event): number | null => {
  const value = (payload as Readonly<Record<string, unknown>> | null)?.seq;
  return Number.isSafeInteger(value) ? Number(value) : null;
};

const findVmNames = async (db: Database, rows: readonly Event[]): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(rows.flatMap((row) => textOf(row, 'vmId') ?? []))];
  if (ids.length === 0) return new Map();
  const vms = await db.vm.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(vms.map(({ id, name }) => [id, name]));
};

/** What operations are, and which step an entry of their log is about. */
const findOperations = async (db: Database, rows: readonly Event[]) => {
  const ids = [...new Set(rows.flatMap(({ operationId }) => operationId ?? []))];
  if (ids.length === 0) return () => null;
  const entries = rows.flatMap((row) => {
    const seq = row.kind === 'operation' ? seqOf(row) : null;
    return row.operationId === null || seq === null ? [] : [{ operationId: row.operationId, seq }];
  });
  const [operations, log] = await Promise.all([
    db.operation.findMany({ where: { id: { in: ids } }, select: { id: true, kind: true, plan: true } }),
    entries.length === 0 ? [] : db.operationEvent.findMany({ where: { OR: entries } }),
  ]);
  const stepIds = new Map(
    log.map((row) => {
      const entry = toLogEntry(row);
      return [`${row.operationId} ${row.seq}`, 'stepId' in entry ? entry.stepId : null];
    }),
  );
  const known = new Map(operations.map(({ id, kind, plan }) => [id, { kind, steps: fromPlanJson(plan).steps }]));
  return (row: Event): StoredEvent['operation'] => {
    const operation = known.get(row.operationId ?? '');
    if (operation === undefined) return null;
    const stepId = stepIds.get(`${row.operationId} ${seqOf(row)}`) ?? null;
    return { kind: operation.kind, step: operation.steps.find(({ id }) => id === stepId)?.title ?? null };
  };
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
  const [vmNames, operationOf] = await Promise.all([findVmNames(context.db, rows), findOperations(context.db, rows)]);
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
      vm: vmNames.get(textOf(row, 'vmId') ?? '') ?? null,
      operation: operationOf(row),
    }),
    (row) => encodeCursor(row.id.toString()),
  );
};
