import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { appendEvents } from './append';
import { type EventCursor, formatCursor, isAfter, parseCursor } from './cursor';
import { createEventHub, type EventHub, type HubEvent } from './hub';
import { notifyEvents, notifyMetrics } from './notify';
import { readPosition } from './read-events';

let database: TestDatabase;
let hub: EventHub | null = null;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await hub?.close();
  hub = null;
});
afterAll(() => database.close());

const startHub = (): EventHub => {
  hub = createEventHub({ db: database.prisma, url: database.url, onError: () => undefined });
  return hub;
};

const numberOf = (event: HubEvent): number => (event.view.payload as { n: number }).n;

/** A client that may go away and come back with the id of the last event it got. */
const createClient = (
  from: EventHub,
  only: (event: HubEvent) => boolean = () => true,
  after: EventCursor | null = null,
) => {
  const got: number[] = [];
  let last = after;
  let stop: () => void = () => undefined;
  return {
    got,
    connect: () => {
      stop = from.subscribe({
        after: last,
        onDropped: () => undefined,
        onEvent: (event) => {
          if (event.cursor === null || !only(event)) return;
          // What an SSE client sends back is text.
          last = parseCursor(formatCursor(event.cursor));
          got.push(numberOf(event));
        },
      });
    },
    disconnect: () => stop(),
  };
};

const write = (n: number, options: { holdMs?: number; fails?: boolean } = {}): Promise<boolean> =>
  database.prisma
    .$transaction(async (tx) => {
      await appendEvents(tx, [{ kind: 'cluster', payload: { n } }]);
      // A transaction that began earlier and commits later: what a reader by id alone would miss.
      await delay(options.holdMs ?? 0);
      if (options.fails === true) throw new Error('rolled back');
    })
    .then(
      async () => {
        await notifyEvents(database.prisma);
        return true;
      },
      () => false,
    );

describe('the event hub', () => {
  it('gives clients that come and go every committed event once, in one order, under concurrent writers', async () => {
    const shared = startHub();
    // "From now on" would be from when the hub has found out where that is.
    const now = await readPosition(database.prisma);
    const steady = createClient(shared, undefined, now);
    const flighty = createClient(shared, undefined, now);
    steady.connect();
    flighty.connect();
    await write(-1);
    await expect.poll(() => [steady.got, flighty.got]).toEqual([[-1], [-1]]);

    let isWriting = true;
    const comeAndGo = async (): Promise<void> => {
      while (isWriting) {
        flighty.disconnect();
        await delay(Math.random() * 8);
        flighty.connect();
        await delay(Math.random() * 8);
      }
    };
    const writers = Array.from({ length: 8 }, async (_, w) => {
      const committed: number[] = [];
      for (let i = 0; i < 25; i += 1) {
        const n = w * 1_000 + i;
        const isCommitted = await write(n, { holdMs: Math.random() * 15, fails: Math.random() < 0.15 });
        if (isCommitted) committed.push(n);
      }
      return committed;
    });
    const coming = comeAndGo();
    const committed = (await Promise.all(writers)).flat();
    isWriting = false;
    await coming;

    await expect.poll(() => steady.got).toHaveLength(committed.length + 1);
    await expect.poll(() => flighty.got).toHaveLength(committed.length + 1);
    const byNumber = (a: number, b: number) => a - b;
    expect([...steady.got].sort(byNumber)).toEqual([-1, ...committed].sort(byNumber));
    expect(flighty.got).toEqual(steady.got);
  }, 30_000);

  it('gives a client that comes back to another process what it missed', async () => {
    const first = startHub();
    const client = createClient(first);
    client.connect();
    await write(1);
    await expect.poll(() => client.got).toEqual([1]);
    client.disconnect();
    const cursor = await lastCursor();
    await first.close();
    await write(2);
    await write(3);

    const got: number[] = [];
    startHub().subscribe({ after: cursor, onDropped: () => undefined, onEvent: (e) => got.push(numberOf(e)) });
    await write(4);
    await expect.poll(() => got).toEqual([2, 3, 4]);
  });

  it('forwards metrics without an id and does not give them again', async () => {
    const got: HubEvent[] = [];
    const shared = startHub();
    shared.subscribe({ after: null, onDropped: () => undefined, onEvent: (event) => got.push(event) });
    const tellAgain = async (): Promise<number> => {
      await notifyMetrics(database.prisma, ['shop', 'bank']);
      return got.length;
    };
    await expect.poll(tellAgain).toBeGreaterThanOrEqual(2);
    expect(got.slice(0, 2).map((e) => [e.cursor, e.view.kind, e.view.clusterId])).toEqual([
      [null, 'metrics', 'shop'],
      [null, 'metrics', 'bank'],
    ]);
  });

  it('comes back when its database connection is cut, and nothing is missed', async () => {
    const shared = startHub();
    const client = createClient(shared);
    client.connect();
    await write(1);
    await expect.poll(() => client.got).toEqual([1]);
    const [cut] = await database.prisma.$queryRaw<{ n: number }[]>`
      select count(pg_terminate_backend(pid))::int as n from pg_stat_activity
       where application_name = 'headroom events' and datname = current_database()`;
    expect(cut?.n).toBeGreaterThan(0);
    await write(2);
    await expect.poll(() => client.got).toEqual([1, 2]);
  });

  it('drops its subscribers when it closes', async () => {
    const shared = startHub();
    const dropped = vi.fn();
    shared.subscribe({ after: null, onDropped: dropped, onEvent: () => undefined });
    shared.onWake(() => undefined, dropped);
    await shared.close();
    expect(dropped).toHaveBeenCalledTimes(2);
  });
});

const lastCursor = async (): Promise<EventCursor> => {
  const [row] = await database.prisma.$queryRaw<{ xid: string; id: string }[]>`
    select "xid"::text as "xid", "id"::text as "id" from "Event" e order by e."xid" desc, e."id" desc limit 1`;
  if (row === undefined) throw new Error('no event yet');
  return { xid: BigInt(row.xid), id: BigInt(row.id) };
};

describe('cursors', () => {
  it('survive being text and refuse what is none', () => {
    const cursor = { xid: 18_446_744_073n, id: 7n };
    expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    for (const text of ['', '1', '-1-2', '1-2-3', 'a-b', '1-2; drop table']) expect(parseCursor(text)).toBeNull();
  });

  it('order by transaction first', () => {
    expect(isAfter({ xid: 2n, id: 1n }, { xid: 1n, id: 9n })).toBe(true);
    expect(isAfter({ xid: 1n, id: 9n }, { xid: 2n, id: 1n })).toBe(false);
    expect(isAfter({ xid: 1n, id: 1n }, { xid: 1n, id: 1n })).toBe(false);
  });
});
