import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readEvents } from '@/lib/cli/sse';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { EventView } from '@/lib/domain/contract';
import type { Role } from '@/lib/domain/role';
import { contextOf, TEST_WORKLOAD } from '@/lib/usecases/testing';
import { createToken } from '@/lib/usecases/tokens/tokens';
import { createWorkload } from '@/lib/usecases/workloads/create-workload';
import { startTestServer, type TestServer } from './testing';

let database: TestDatabase;
let server: TestServer;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('NEXTAUTH_SECRET', 'a session secret of more than 32 characters');
  for (const role of ['viewer', 'admin'] as const) {
    tokens.set(role, (await createToken(contextOf(database.prisma), { name: role, role })).token);
  }
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
  await database.close();
  vi.unstubAllEnvs();
});

interface Client {
  readonly events: EventView[];
  readonly lastId: () => string | null;
  readonly close: () => void;
}

const connect = async (role: Role, lastEventId?: string): Promise<Client> => {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/api/v1/events`, {
    signal: stop.signal,
    headers: {
      Authorization: `Bearer ${tokens.get(role)}`,
      ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
    },
  });
  const events: EventView[] = [];
  let id: string | null = null;
  const read = async (): Promise<void> => {
    for await (const event of readEvents(response)) {
      id = event.id ?? id;
      events.push(JSON.parse(event.data));
    }
  };
  read().catch(() => undefined);
  return { events, lastId: () => id, close: () => stop.abort() };
};

const addWorkload = (name: string) => createWorkload(contextOf(database.prisma), { ...TEST_WORKLOAD, name });
/** Names of the workloads that a viewer was told of; it is told of nothing else here. */
const namesOf = (viewer: Client) => viewer.events.map((event) => (event.payload as { name: string }).name);
const kinds = (client: Client) => client.events.map((event) => event.kind);

describe('GET /events', () => {
  it('gives each caller what it may see, and goes on after Last-Event-ID', async () => {
    const viewer = await connect('viewer');
    const admin = await connect('admin');
    // A stream begins at the moment that the hub takes it up: wait until both are.
    let n = 0;
    const addAnother = async (): Promise<number> => {
      n += 1;
      await addWorkload(`first-${n}`);
      return Math.min(viewer.events.length, admin.events.length);
    };
    await expect.poll(addAnother, { interval: 200 }).toBeGreaterThan(0);
    await addWorkload('seen');
    await expect.poll(() => namesOf(viewer)).toContain('seen');
    viewer.close();
    await expect.poll(() => admin.events.length % 2).toBe(0);
    expect(new Set(kinds(viewer))).toEqual(new Set(['workload']));
    expect(new Set(kinds(admin))).toEqual(new Set(['workload', 'audit']));

    await addWorkload('missed-1');
    await addWorkload('missed-2');
    const again = await connect('viewer', viewer.lastId() ?? '');
    await addWorkload('live');
    await expect.poll(() => namesOf(again)).toContain('live');
    expect(namesOf(again)).toEqual(['missed-1', 'missed-2', 'live']);
    admin.close();
    again.close();
  });

  it('refuses an id that is not of this stream', async () => {
    const response = await fetch(`${server.url}/api/v1/events`, {
      headers: { Authorization: `Bearer ${tokens.get('viewer')}`, 'Last-Event-ID': 'yesterday' },
    });
    expect(response.status).toBe(400);
    expect((await response.json()).error.code).toBe('malformed');
  });

  it('wants somebody who is signed in', async () => {
    expect((await fetch(`${server.url}/api/v1/events`)).status).toBe(401);
  });
});
