import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { Role } from '@/lib/domain/role';
import type { UseCaseContext } from '../context';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { listNotices, markRead } from './notices';
import { getPreferences, updatePreferences } from './preferences';
import { search } from './search';

let database: TestDatabase;
let clusterId: string;

/** Somebody who is signed in. */
const person = (role: Role): UseCaseContext => {
  const context = contextOf(database.prisma, role);
  return { ...context, actor: { ...context.actor, sessionId: `session-${role}` } };
};

const insertOperation = (id: string, requestedBy: string, state: 'done' | 'stuck', at: string) =>
  database.prisma.operation.create({
    data: {
      id,
      kind: 'resize',
      clusterId,
      state,
      plan: {},
      planHash: 'x',
      requestedBy,
      reason: 'night shift',
      endedAt: state === 'done' ? new Date(at) : null,
      createdAt: new Date(at),
    },
  });

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  ({ id: clusterId } = await runningCluster(database.prisma));
  for (const role of ['admin', 'operator', 'viewer'] as const) {
    await database.prisma.user.create({
      data: { id: `id-${role}`, name: role, email: `${role}@example.org`, passwordHash: 'x', role },
    });
  }
  await insertOperation('op-mine', 'viewer@example.org', 'done', '2026-03-01T10:00:00Z');
  await insertOperation('op-wrong', 'admin@example.org', 'stuck', '2026-03-01T11:00:00Z');
  await database.prisma.alarm.create({
    data: {
      id: 'alarm-1',
      kind: 'nobody-works',
      subject: `cluster/${clusterId}`,
      name: 'shop',
      clusterId,
      message: 'No node works.',
      raisedAt: new Date('2026-03-01T12:00:00Z'),
    },
  });
});
afterAll(() => database.close());

const ids = async (role: Role) => (await listNotices(person(role))).items.map(({ id }) => id);

describe('what concerns a person', () => {
  it('is what they asked for, what is wrong for those who may act, and every alarm, newest first', async () => {
    expect(await ids('viewer')).toEqual(['alarm:alarm-1', 'operation:op-mine:done']);
    expect(await ids('operator')).toEqual(['alarm:alarm-1', 'operation:op-wrong:stuck']);
  });

  it('is unread until it is marked, one by one or all at once, for this person only', async () => {
    expect((await listNotices(person('viewer'))).unread).toBe(2);
    expect((await markRead(person('viewer'), { id: 'operation:op-mine:done' })).unread).toBe(1);
    expect((await markRead(person('viewer'), { through: '2026-03-01T12:00:00.000Z' })).unread).toBe(0);
    expect((await listNotices(person('operator'))).unread).toBe(2);
    // What was read is not made unread by an older moment.
    expect((await markRead(person('viewer'), { through: '2026-01-01T00:00:00.000Z' })).unread).toBe(0);
  });

  it('leaves out the topics that they muted', async () => {
    await updatePreferences(person('operator'), { muted: ['alarm'] });
    expect(await ids('operator')).toEqual(['operation:op-wrong:stuck']);
    expect(await ids('admin')).toContain('alarm:alarm-1');
  });
});

describe('preferences', () => {
  it('keep what is left out, are audited by what changed, and are nobody else’s', async () => {
    const savedFilters = [{ list: '/vms', name: 'failed', search: 'state=failed' }];
    await updatePreferences(person('admin'), { zone: 'Europe/Paris', savedFilters });
    await updatePreferences(person('admin'), { density: 'compact' });
    expect(await getPreferences(person('admin'))).toMatchObject({
      zone: 'Europe/Paris',
      density: 'compact',
      theme: 'system',
      savedFilters,
    });
    expect(await getPreferences(person('viewer'))).toMatchObject({ zone: null, savedFilters: [] });
    const entry = await database.prisma.auditEntry.findFirst({
      where: { action: 'account.preferences' },
      orderBy: { seq: 'desc' },
    });
    expect(entry).toMatchObject({ subject: 'user/admin@example.org', detail: { changed: ['density'] } });
  });

  it('are refused to whoever is no person', async () => {
    await expect(updatePreferences(contextOf(database.prisma, 'admin'), { theme: 'dark' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('the search', () => {
  it('finds clusters, VMs, hosts, operations and workloads by part of a name or address, in either case', async () => {
    const { items } = await search(person('viewer'), { q: 'SHOP' });
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['cluster', 'vm', 'operation']));
    const [vm] = await database.prisma.vm.findMany({ take: 1 });
    const found = await search(person('viewer'), { q: vm?.address ?? '' });
    expect(found.items.map(({ label }) => label)).toContain(vm?.name);
    expect((await search(person('viewer'), { q: 'lyon' })).items.every(({ kind }) => kind === 'host')).toBe(true);
  });

  it('shows people to those only who look after them', async () => {
    expect((await search(person('viewer'), { q: 'example.org' })).items.some(({ kind }) => kind === 'person')).toBe(
      false,
    );
    expect((await search(person('admin'), { q: 'viewer@' })).items).toContainEqual({
      kind: 'person',
      label: 'viewer',
      note: 'viewer@example.org · viewer',
      href: '/settings/people',
    });
  });
});
