import type { PrismaClient } from '@/lib/db/generated/client';

/** Something was written to the event outbox or to an operation's log. No payload: readers look for themselves. */
export const EVENTS_CHANNEL = 'headroom_events';
/** A sampling tick is in the database. Payload: ids of the clusters, separated by commas; empty for all. */
export const METRICS_CHANNEL = 'headroom_metrics';

interface Flight {
  current: Promise<void>;
  next: Promise<void> | null;
}

const flights = new WeakMap<PrismaClient, Flight>();

const send = async (db: PrismaClient, channel: string, payload: string): Promise<void> => {
  await db.$executeRaw`select pg_notify(${channel}, ${payload})`;
};

/**
 * Wakes the orchestrator and the event streams. Call it after the commit, never inside a transaction: NOTIFY takes an
 * instance-wide lock at commit. Calls that arrive while one is under way share the next one. Resolves when a
 * notification that was sent after this call is out. A lost notification only delays: every listener also polls.
 */
export const notifyEvents = (db: PrismaClient): Promise<void> => {
  const flight = flights.get(db);
  if (flight === undefined) {
    const started: Flight = { current: Promise.resolve(), next: null };
    flights.set(db, started);
    started.current = run(db, started);
    return started.current;
  }
  flight.next ??= flight.current
    .catch(() => undefined)
    .then(() => {
      const following: Flight = { current: Promise.resolve(), next: null };
      flights.set(db, following);
      following.current = run(db, following);
      return following.current;
    });
  return flight.next;
};

const run = async (db: PrismaClient, flight: Flight): Promise<void> => {
  try {
    await send(db, EVENTS_CHANNEL, '');
  } finally {
    if (flight.next === null) flights.delete(db);
  }
};

/** Says that new samples are in. High volume, so it leaves no row: streams forward it without an id. */
export const notifyMetrics = (db: PrismaClient, clusterIds: readonly string[] = []): Promise<void> => {
  const payload = clusterIds.join(',');
  return send(db, METRICS_CHANNEL, payload.length > 7_000 ? '' : payload);
};
