import type { PrismaClient } from '@/lib/db/generated/client';
import { EVENT_KINDS, type EventKind, type EventView } from '@/lib/domain/contract';
import type { EventCursor } from './cursor';

export interface OutboxEvent {
  readonly cursor: EventCursor;
  readonly view: EventView;
}

export interface OutboxBatch {
  readonly events: readonly OutboxEvent[];
  /** Position after the batch: that of its last event, or the one it began at. */
  readonly reached: EventCursor;
  /** There may be more right now. */
  readonly isFull: boolean;
  /** Committed events that wait for an older transaction to end: look again soon. */
  readonly hasWaiting: boolean;
}

interface EventRow {
  readonly xid: string;
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly clusterId: string | null;
  readonly operationId: string | null;
  readonly payload: unknown;
  readonly ready: boolean;
}

const isEventKind = (text: string): text is EventKind => EVENT_KINDS.some((kind) => kind === text);

/**
 * The next events after a position, in order. Only events of transactions below the oldest running one are given: no
 * later commit can put an event before them, so a reader that goes on from the last one misses and repeats nothing.
 */
export const readEventsAfter = async (db: PrismaClient, after: EventCursor, limit: number): Promise<OutboxBatch> => {
  const rows = await db.$queryRaw<EventRow[]>`
    select "xid"::text as "xid", "id"::text as "id", "at", "kind", "clusterId", "operationId", "payload",
           e."xid" < pg_snapshot_xmin(pg_current_snapshot()) as "ready"
      from "Event" e
     where (e."xid", e."id") > (${after.xid.toString()}::text::xid8, ${after.id.toString()}::text::bigint)
     order by e."xid", e."id"
     limit ${limit}`;
  const ready = rows.filter((row) => row.ready);
  const last = ready.at(-1);
  return {
    reached: last === undefined ? after : { xid: BigInt(last.xid), id: BigInt(last.id) },
    isFull: ready.length === limit,
    events: ready.flatMap((row) =>
      isEventKind(row.kind)
        ? [
            {
              cursor: { xid: BigInt(row.xid), id: BigInt(row.id) },
              view: {
                kind: row.kind,
                at: row.at.toISOString(),
                clusterId: row.clusterId,
                operationId: row.operationId,
                payload: row.payload,
              },
            },
          ]
        : [],
    ),
    hasWaiting: ready.length < rows.length,
  };
};

/** The position of now: events of transactions that have not ended yet come after it. */
export const readPosition = async (db: PrismaClient): Promise<EventCursor> => {
  const [row] = await db.$queryRaw<{ xmin: string }[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as "xmin"`;
  if (row === undefined) throw new Error('the database gave no snapshot');
  return { xid: BigInt(row.xmin), id: 0n };
};
