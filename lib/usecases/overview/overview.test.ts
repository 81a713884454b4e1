import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { countServed } from '@/lib/orchestrator/samples';
import { clusterLoads } from '../metrics/loads';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { acceptCluster, executePlan, runningCluster } from '../testing-cluster';
import { getOverview } from './get-overview';
import { MAP_VMS_MAX } from './map';
import { getToday } from './today';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
});
afterEach(async () => {
  await database.pool.query('truncate "Site", "Workload", "Event", "AuditEntry", "RequestDay" cascade');
});
afterAll(() => database.close());

const overview = () => getOverview(contextOf(database.prisma, 'viewer'));

/** VMs that nothing is to be said of, straight into the table. */
const insertVms = (count: number) =>
  database.prisma.vm.createMany({
    data: Array.from({ length: count }, (_, i) => ({
      id: `many-${i}`,
      name: `many-${i}`,
      hostId: 'lyon-1',
      role: 'node' as const,
      state: 'running' as const,
      vcpus: 1,
      memoryMiB: 256,
      diskGiB: 4,
      imageKey: 'image',
      address: `10.78.${Math.floor(i / 250)}.${i % 250}`,
      mac: `52:54:01:00:${Math.floor(i / 250)}:${i % 250}`,
    })),
  });

describe('the overview', () => {
  it('has every host with what is taken of it, and every VM with its state and whether it holds the VIP', async () => {
    await runningCluster(database.prisma);
    const [node] = await database.prisma.node.findMany({ include: { vm: true } });
    await database.prisma.node.update({ where: { vmId: node?.vmId ?? '' }, data: { holdsVip: true } });
    const { hosts, totals, clusters } = await overview();
    expect(hosts.map(({ name }) => name)).toEqual(['lyon-1', 'lyon-2', 'paris-1', 'paris-2']);
    expect(totals).toMatchObject({ clusters: 1, vms: 2, hosts: 4, hostsUp: 4, used: { vcpus: 2, memoryMiB: 512 } });
    const vms = hosts.flatMap((host) => host.vms);
    expect(vms.filter((vm) => vm.vip).map(({ name }) => name)).toEqual([node?.vm.name]);
    expect(vms.every(({ state }) => state === 'active')).toBe(true);
    expect(clusters).toMatchObject([{ name: 'shop', nodesActive: 2, nodesWanted: 2, holder: node?.vm.name }]);
  });

  it('does not show a holder that has long said nothing', async () => {
    await runningCluster(database.prisma);
    await database.prisma.node.updateMany({ data: { holdsVip: true, observedAt: new Date(Date.now() - 60_000) } });
    const { hosts, clusters } = await overview();
    expect(hosts.flatMap((host) => host.vms).some((vm) => vm.vip)).toBe(false);
    expect(clusters[0]?.holder).toBeNull();
  });

  it('shows of very many VMs one by one only those that move or are unwell, and counts the rest', async () => {
    await runningCluster(database.prisma);
    await insertVms(MAP_VMS_MAX);
    expect((await overview()).hosts.flatMap((host) => host.vms)).toEqual([]);
    const [unwell] = await database.prisma.node.findMany({ include: { vm: true } });
    await database.prisma.node.update({ where: { vmId: unwell?.vmId ?? '' }, data: { state: 'failed' } });
    const { hosts, totals } = await overview();
    expect(hosts.flatMap((host) => host.vms).map(({ name }) => name)).toEqual([unwell?.vm.name]);
    expect(totals.vms).toBe(MAP_VMS_MAX + 2);
  });

  it('puts clusters that want attention before all others', async () => {
    await runningCluster(database.prisma, { name: 'a-calm' });
    const ill = await runningCluster(database.prisma, { name: 'z-ill' });
    await database.prisma.cluster.update({ where: { id: ill.id }, data: { state: 'degraded' } });
    const { operation } = await acceptCluster(database.prisma, { name: 'm-new' });
    const { clusters, movements } = await overview();
    expect(clusters.map(({ name }) => name)).toEqual(['m-new', 'z-ill', 'a-calm']);
    expect(movements).toMatchObject([{ operationId: operation.id, kind: 'create', cluster: 'm-new' }]);
    await executePlan(database.prisma, operation.id);
    expect((await overview()).movements).toEqual([]);
  });
});

it('gives the loads of several clusters at once, and none of one that is not known', async () => {
  const cluster = await runningCluster(database.prisma);
  await database.prisma.metricSample.create({
    data: { clusterId: cluster.id, vmId: '', at: new Date(), requestsPerSecond: 42 },
  });
  const { loads } = await clusterLoads(contextOf(database.prisma, 'viewer'), [cluster.id, 'none']);
  expect(loads.map(({ values }) => values.filter((value) => value !== null))).toEqual([[42], []]);
});

describe('today', () => {
  it('sums up what all VIPs served since midnight UTC', async () => {
    const sample = (requestsPerSecond: number | null, errorsPerSecond: number) => ({
      clusterId: 'c',
      vmId: '',
      at: new Date(),
      cpu: null,
      memory: null,
      latencyP50Ms: null,
      latencyP99Ms: null,
      connections: null,
      requestsPerSecond,
      errorsPerSecond,
    });
    const now = new Date();
    expect(await getToday(contextOf(database.prisma, 'viewer'))).toMatchObject({ requests: null, cost: null });
    await countServed(database.pool, [sample(50, 1), sample(null, 0)], now, 2_000);
    await countServed(database.pool, [sample(10, 0)], now, 1_000);
    await countServed(database.pool, [sample(99, 0)], new Date(now.getTime() - 86_400_000), 1_000);
    expect(await getToday(contextOf(database.prisma, 'viewer'))).toMatchObject({ requests: 110, errors: 2 });
  });
});
