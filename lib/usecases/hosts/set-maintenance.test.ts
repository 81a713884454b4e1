import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf, countRows, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { acceptCluster, createInput, executePlan, runningCluster } from '../testing-cluster';
import { getHost } from './hosts';
import { setMaintenance } from './set-maintenance';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
});
afterEach(async () => {
  await database.pool.query('truncate "Site", "Workload", "Event", "AuditEntry" cascade');
});
afterAll(() => database.close());

const context = () => contextOf(database.prisma, 'operator');
const maintain = (host: string, change: { enabled?: boolean; dryRun?: boolean } = {}) =>
  setMaintenance(context(), host, { enabled: true, dryRun: false, ...change });
const onHost = (host: string, memoryMiB: number) => ({
  hosts: [host],
  requirements: { ...createInput().requirements, nodes: 1, shape: { vcpus: 1, memoryMiB }, spread: 'none' as const },
});

describe('maintenance of a host', () => {
  it('moves everything on it elsewhere, one operation per cluster, and back when it ends', async () => {
    await runningCluster(database.prisma, { name: 'a', ...onHost('paris-1', 512) });
    await runningCluster(database.prisma, { name: 'b', ...onHost('paris-1', 512) });
    const shown = await maintain('paris-1', { dryRun: true });
    expect('plans' in shown && shown.plans.map((plan) => plan.clusterName).sort()).toEqual(['a', 'b']);
    const answer = await maintain('paris-1');
    if ('plans' in answer) throw new Error('not accepted');
    expect(answer.host.state).toBe('maintenance');
    for (const { id } of answer.operations) await executePlan(database.prisma, id);
    expect((await getHost(context(), 'paris-1')).vms).toEqual([]);
    const again = await maintain('paris-1');
    expect('operations' in again && again.operations).toEqual([]);
    const ended = await maintain('paris-1', { enabled: false });
    expect('host' in ended && ended.host.state).toBe('up');
  });

  it('is refused as a whole when what is on it does not fit elsewhere together', async () => {
    for (const host of ['paris-2', 'lyon-1', 'lyon-2']) {
      await runningCluster(database.prisma, { name: `full-${host}`, ...onHost(host, 6_144) });
    }
    for (const name of ['a', 'b', 'c', 'd']) {
      await runningCluster(database.prisma, { name, ...onHost('paris-1', 2_048) });
    }
    const before = await countRows(database.prisma);
    await expect(maintain('paris-1')).rejects.toMatchObject({ code: 'no_capacity' });
    expect(await countRows(database.prisma)).toEqual(before);
    expect((await getHost(context(), 'paris-1')).state).toBe('up');
  });

  it('waits for operations under way, and places nothing on the host afterwards', async () => {
    const { operation } = await acceptCluster(database.prisma, { name: 'a', ...onHost('paris-1', 512) });
    await executePlan(database.prisma, operation.id);
    await database.prisma.operation.update({ where: { id: operation.id }, data: { state: 'running' } });
    await expect(maintain('paris-1')).rejects.toMatchObject({ code: 'operation_active' });
    await database.prisma.operation.update({ where: { id: operation.id }, data: { state: 'done' } });
    await maintain('paris-1');
    await expect(acceptCluster(database.prisma, { name: 'b', ...onHost('paris-1', 512) })).rejects.toMatchObject({
      code: 'no_capacity',
    });
  });

  it('spreads what was on one host over several others', async () => {
    for (const name of ['a', 'b', 'c']) await runningCluster(database.prisma, { name, ...onHost('paris-1', 2_048) });
    const shown = await maintain('paris-1', { dryRun: true });
    if (!('plans' in shown)) throw new Error('accepted');
    const hosts = shown.plans.flatMap((plan) => plan.creates.map((vm) => vm.hostName));
    expect([...new Set(hosts)].sort()).toEqual(['lyon-1', 'lyon-2', 'paris-2']);
  });

  it('is cancelled by its end: what is under way is asked to be undone, and that is written down', async () => {
    await runningCluster(database.prisma, { name: 'a', ...onHost('paris-1', 512) });
    await runningCluster(database.prisma, { name: 'b', ...onHost('paris-1', 512) });
    const begun = await maintain('paris-1');
    if ('plans' in begun) throw new Error('not accepted');
    const [first, second] = begun.operations.map(({ id }) => id);
    await executePlan(database.prisma, first ?? '');
    const ended = await maintain('paris-1', { enabled: false });
    expect('operations' in ended && ended.operations.map(({ id }) => id)).toEqual([second]);
    const row = await database.prisma.operation.findUniqueOrThrow({ where: { id: second ?? '' } });
    expect(row.cancelRequestedBy).toBe('operator@example.org');
    expect((await getHost(context(), 'paris-1')).maintenanceSince).toBeNull();
  });

  it('outlasts the time in which the host is down, and may be ended meanwhile', async () => {
    await maintain('paris-1');
    await database.prisma.host.update({ where: { id: 'paris-1' }, data: { state: 'down' } });
    expect((await getHost(context(), 'paris-1')).maintenanceSince).not.toBeNull();
    const ended = await maintain('paris-1', { enabled: false });
    expect('host' in ended && ended.host).toMatchObject({ state: 'down', maintenanceSince: null });
  });

  it('is refused for a host that is down, and its end for one that is not in it', async () => {
    await expect(maintain('paris-1', { enabled: false })).rejects.toMatchObject({ code: 'wrong_state' });
    await database.prisma.host.update({ where: { id: 'paris-1' }, data: { state: 'down' } });
    await expect(maintain('paris-1')).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(maintain('atlantis')).rejects.toMatchObject({ code: 'not_found' });
  });
});
