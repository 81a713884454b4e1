import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { listHosts } from './hosts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
});
afterAll(() => database.close());

describe('the list of hosts', () => {
  it('says without the VMs the same of each host as with them', async () => {
    await runningCluster(database.prisma, { name: 'shop' });
    const context = contextOf(database.prisma, 'viewer');
    const whole = await listHosts(context, { limit: 50, vms: true });
    const short = await listHosts(context, { limit: 50, vms: false });
    expect(whole.items.reduce((sum, { vms }) => sum + vms.length, 0)).toBe(2);
    expect(short.items).toEqual(whole.items.map((host) => ({ ...host, vms: [] })));
    expect(short.items.map(({ vmCount }) => vmCount)).toEqual(whole.items.map(({ vms }) => vms.length));
  });
});
