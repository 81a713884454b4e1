import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { ensureAlarm } from '../alarms/raise';
import { clusterHealth } from '../health/cluster-health';
import { contextOf, countRows, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { confirmVmOff } from './confirm-off';

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

const INPUT = { confirmName: 'shop-1', reason: 'its host console shows no process' };

describe('a person who says that a VM is off', () => {
  it('has it count as fenced by that proof, and the question is over', async () => {
    const cluster = await runningCluster(database.prisma);
    const { id } = await database.prisma.vm.findFirstOrThrow({ where: { name: 'shop-1' } });
    const alarm = { kind: 'fence-in-doubt', subject: `vm/${id}`, name: 'shop-1', message: '?' } as const;
    await ensureAlarm(database.prisma, new Date(), alarm);
    expect(await confirmVmOff(contextOf(database.prisma, 'oncall'), 'shop-1', INPUT)).toMatchObject({
      state: 'failed',
    });
    const { nodes, fences } = await clusterHealth(contextOf(database.prisma), cluster.id);
    expect(nodes).toMatchObject([{ node: 'shop-1', verdict: 'lost' }]);
    expect(fences).toMatchObject([{ name: 'shop-1', method: 'confirmed-by-person', by: 'oncall@example.org' }]);
    expect(await database.prisma.alarm.count({ where: { resolvedAt: null } })).toBe(0);
    expect(await database.prisma.auditEntry.findFirstOrThrow({ where: { action: 'vm.confirm-off' } })).toMatchObject({
      subject: 'vm/shop-1',
      reason: INPUT.reason,
    });
  });

  it('is refused without its name, or about one that nobody asks about; then nothing is written', async () => {
    await runningCluster(database.prisma);
    const before = await countRows(database.prisma);
    const say = (input: Partial<typeof INPUT>, vm = 'shop-1') =>
      confirmVmOff(contextOf(database.prisma, 'operator'), vm, { ...INPUT, ...input });
    await expect(say({})).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(say({ confirmName: 'shop' })).rejects.toMatchObject({ code: 'confirmation_required' });
    await expect(say({}, 'shop-9')).rejects.toMatchObject({ code: 'not_found' });
    expect(await countRows(database.prisma)).toEqual(before);
  });
});
