import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { clusterMetrics } from './cluster-metrics';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
});
afterAll(() => database.close());

describe('metrics', () => {
  it('share one time axis, with null where nothing was measured and marks of operations', async () => {
    const cluster = await runningCluster(database.prisma);
    const vms = await database.prisma.vm.findMany({ orderBy: { name: 'asc' } });
    const start = Date.parse('2026-03-01T12:00:00Z');
    const sample = (vmId: string, second: number, requestsPerSecond: number, latencyP99Ms: number) => ({
      clusterId: cluster.id,
      vmId,
      at: new Date(start + second * 1000),
      requestsPerSecond,
      latencyP99Ms,
    });
    await database.prisma.metricSample.createMany({
      data: [sample('', 0, 10, 5), sample('', 1, 20, 9), sample('', 4, 40, 1), sample(vms[0]?.id ?? '', 3, 7, 2)],
    });
    await database.prisma.operation.updateMany({
      data: { startedAt: new Date(start + 2_000), endedAt: new Date(start + 3_000) },
    });
    await database.prisma.vm.updateMany({ data: { createdAt: new Date(start) } });
    const view = await clusterMetrics(contextOf(database.prisma, 'viewer'), 'shop', {
      from: new Date(start).toISOString(),
      to: new Date(start + 6_000).toISOString(),
      step: 2_000,
    });
    expect(view.times).toEqual([start, start + 2_000, start + 4_000]);
    expect(view.cluster.requestsPerSecond).toEqual([15, null, 40]);
    expect(view.cluster.latencyP99Ms).toEqual([9, null, 1]);
    expect(view.cluster.cpu).toEqual([null, null, null]);
    expect(view.nodes).toMatchObject([{ name: 'shop-1', values: { requestsPerSecond: [null, 7, null] } }]);
    expect(view.marks.map((mark) => mark.label)).toEqual(['create started', 'create done']);
  });
});
