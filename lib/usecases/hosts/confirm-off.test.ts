import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { ensureAlarm } from '../alarms/raise';
import { clusterHealth } from '../health/cluster-health';
import { contextOf, countRows, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { createInput, runningCluster } from '../testing-cluster';
import { confirmHostOff } from './confirm-off';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
});
afterEach(async () => {
  await database.pool.query('truncate "Site", "Workload", "Event", "AuditEntry", "Alarm", "Fence" cascade');
});
afterAll(() => database.close());

const INPUT = { confirmName: 'paris-1', reason: 'I pulled its plug' };
const onParis = () =>
  runningCluster(database.prisma, {
    hosts: ['paris-1'],
    requirements: { ...createInput().requirements, nodes: 1, spread: 'none', spares: 1 },
  });
const takeDown = () => database.prisma.host.update({ where: { id: 'paris-1' }, data: { state: 'down' } });

describe('a person who says that a host is off', () => {
  it('has it fenced with that as the proof: its nodes and spares count as lost, and the question is over', async () => {
    const cluster = await onParis();
    await takeDown();
    const subject = { kind: 'fence-in-doubt', subject: 'host/paris-1', name: 'paris-1', message: '?' } as const;
    expect(await ensureAlarm(database.prisma, new Date(), subject)).toBe(true);
    expect(await ensureAlarm(database.prisma, new Date(), subject)).toBe(false);
    const host = await confirmHostOff(contextOf(database.prisma, 'oncall'), 'paris-1', INPUT);
    expect(host.state).toBe('fenced');
    expect(host.vms.map((vm) => vm.state)).toEqual(['failed', 'failed']);
    const { nodes, fences } = await clusterHealth(contextOf(database.prisma), cluster.id);
    expect(nodes).toMatchObject([{ node: 'shop-1', verdict: 'lost', witnesses: { process: 'ended' } }]);
    expect(fences).toMatchObject([{ name: 'paris-1', method: 'confirmed-by-person', by: 'oncall@example.org' }]);
    expect(await database.prisma.alarm.count({ where: { resolvedAt: null } })).toBe(0);
    expect(await database.prisma.auditEntry.findFirstOrThrow()).toBeDefined();
  });

  it('is refused without the name, or about a host that is not down; then nothing is written', async () => {
    await onParis();
    const before = await countRows(database.prisma);
    const say = (input: Partial<typeof INPUT>) =>
      confirmHostOff(contextOf(database.prisma, 'operator'), 'paris-1', { ...INPUT, ...input });
    await expect(say({})).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(say({ confirmName: 'paris' })).rejects.toMatchObject({ code: 'confirmation_required' });
    expect(await countRows(database.prisma)).toEqual(before);
    expect(await database.prisma.fence.count()).toBe(0);
  });
});
