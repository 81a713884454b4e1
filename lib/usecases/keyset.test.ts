import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { type VmsQuery, vmsQuerySchema } from '@/lib/domain/contract';
import { VM_STATES } from '@/lib/domain/inventory';
import { VM_SORTS } from '@/lib/domain/list-orders';
import { listClusters } from './clusters/list-clusters';
import { listEvents } from './events/list-events';
import { listOperations } from './operations/operations';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from './testing';
import { runningCluster } from './testing-cluster';
import { listVms } from './vms/vms';

const HELD = VM_STATES.filter((state) => state !== 'released');
const HOSTS = ['paris-1', 'paris-2', 'lyon-1', 'lyon-2'] as const;
const MADE = 40;
let database: TestDatabase;
let clusterId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  ({ id: clusterId } = await runningCluster(database.prisma));
  await database.prisma.vm.createMany({
    data: Array.from({ length: MADE }, (_, i) => ({
      id: `made-${String(i).padStart(3, '0')}`,
      name: `extra-${(i * 7) % MADE}`,
      clusterId: i % 3 === 0 ? clusterId : null,
      hostId: HOSTS[i % HOSTS.length] ?? 'paris-1',
      role: i % 5 === 0 ? ('spare' as const) : ('node' as const),
      state: HELD[i % HELD.length] ?? 'running',
      vcpus: 1 + (i % 2),
      memoryMiB: 128 * (1 + (i % 3)),
      diskGiB: 1,
      imageKey: 'test',
      address: `10.9.0.${i}`,
      mac: `02:00:00:00:00:${i.toString(16).padStart(2, '0')}`,
      startedAt: i % 4 === 0 ? null : new Date(Date.UTC(2026, 0, 1 + (i % 6))),
    })),
  });
});
afterAll(() => database.close());

const context = () => contextOf(database.prisma, 'viewer');

const walk = async (query: Partial<VmsQuery>) => {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await listVms(context(), { ...query, limit: 7, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
};

describe('lists that may be sorted', () => {
  it.each(VM_SORTS.flatMap((by) => [by, `-${by}` as const]))(
    'pages by %s give every VM once, in the order of one page',
    async (sort) => {
      const whole = (await listVms(context(), { sort, limit: 200 })).items.map(({ id }) => id);
      expect(whole.length).toBeGreaterThanOrEqual(MADE);
      expect((await walk({ sort })).map(({ id }) => id)).toEqual(whole);
    },
  );

  it('says on the first page how many match, and finds by parts of names and addresses in either case', async () => {
    const first = await listVms(context(), { q: 'EXTRA-1', limit: 3 });
    expect(first.total).toBe(11);
    expect(await walk({ q: 'EXTRA-1' })).toHaveLength(11);
    expect(
      (await walk({ q: 'lyon-2', state: 'running' })).every((vm) => vm.host === 'lyon-2' && vm.state === 'running'),
    ).toBe(true);
    expect((await walk({ site: 'paris' })).every((vm) => vm.site === 'paris')).toBe(true);
    expect((await walk({ role: 'spare' })).every((vm) => vm.role === 'spare')).toBe(true);
  });

  it('refuses a cursor of another order, and an order that there is none of', async () => {
    const { nextCursor } = await listVms(context(), { sort: 'name', limit: 3 });
    await expect(listVms(context(), { sort: 'host', limit: 3, cursor: nextCursor ?? '' })).rejects.toMatchObject({
      code: 'malformed',
    });
    expect(vmsQuerySchema.safeParse({ sort: 'secret' }).success).toBe(false);
  });

  it('finds clusters and operations by what is written in their rows', async () => {
    expect(
      (await listClusters(context(), { q: 'SHO', limit: 5, sort: '-created' })).items.map(({ name }) => name),
    ).toEqual(['shop']);
    expect((await listClusters(context(), { q: 'nothing', limit: 5 })).total).toBe(0);
    const { items } = await listOperations(context(), { q: 'shop', sort: 'cluster', limit: 5 });
    expect(items.every(({ cluster }) => cluster.name === 'shop')).toBe(true);
  });
});

describe('the events that are kept', () => {
  it('come newest first in pages, by kind and cluster, and without acts for those who may not read the audit', async () => {
    await database.prisma.event.createMany({
      data: Array.from({ length: 12 }, (_, i) => ({
        kind: i % 3 === 0 ? 'audit' : i % 3 === 1 ? 'operation' : 'cluster',
        clusterId: i % 3 === 0 ? null : clusterId,
        payload: {},
      })),
    });
    const seen = await listEvents(context(), { limit: 200 });
    expect(seen.items.some(({ kind }) => kind === 'audit')).toBe(false);
    const all = (await listEvents(contextOf(database.prisma, 'admin'), { limit: 200 })).items;
    expect(all.filter(({ kind }) => kind === 'audit').length).toBeGreaterThanOrEqual(4);
    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await listEvents(contextOf(database.prisma, 'admin'), {
        limit: 5,
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    const [vm] = await database.prisma.vm.findMany({ where: { clusterId }, take: 1 });
    const told = await database.prisma.event.create({
      data: { kind: 'node', clusterId, payload: { vmId: vm?.id ?? '', state: 'draining' } },
    });
    const named = (await listEvents(context(), { limit: 200, kind: 'node' })).items;
    expect(named.find(({ id }) => id === told.id.toString())?.vm).toBe(vm?.name);
    const ofShop = await listEvents(context(), { limit: 200, cluster: 'shop', kind: 'cluster' });
    expect(ofShop.items.every(({ kind, cluster }) => kind === 'cluster' && cluster?.name === 'shop')).toBe(true);
    expect(ofShop.items.length).toBeGreaterThanOrEqual(4);
  });
});
