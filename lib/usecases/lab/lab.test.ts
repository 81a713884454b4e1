import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { hurtLabSchema } from '@/lib/domain/contract';
import { LAB_FAULT_KINDS } from '@/lib/domain/lab-fault';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { hurtLab } from './hurt-lab';
import { getLabFault, listLabFaults } from './list-faults';
import { restoreLab } from './restore-lab';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  await runningCluster(database.prisma);
});
afterEach(async () => {
  await database.pool.query('truncate "Site", "Workload", "Event", "AuditEntry", "LabFault" cascade');
});
afterAll(() => database.close());

const context = () => contextOf(database.prisma, 'operator');
const TARGETS = { vm: 'shop-1', host: 'paris-1', site: 'lyon' } as const;
const audited = async () =>
  (await database.prisma.auditEntry.findMany({ where: { action: { startsWith: 'lab.' } } })).map(
    ({ action, subject, actor }) => `${actor} ${action} ${subject}`,
  );

describe('harm to the lab', () => {
  it.each(LAB_FAULT_KINDS)(
    'of kind %s is recorded with who wants it, once per target, until it is made good',
    async (kind) => {
      const target = kind.endsWith('site') ? TARGETS.site : kind.endsWith('host') ? TARGETS.host : TARGETS.vm;
      const fault = await hurtLab(context(), { kind, target, reason: 'drill' });
      expect(fault).toMatchObject({
        kind,
        target,
        state: 'requested',
        reason: 'drill',
        requestedBy: 'operator@example.org',
      });
      await expect(hurtLab(context(), { kind, target })).rejects.toMatchObject({ code: 'conflict' });
      await expect(restoreLab(context(), fault.id)).rejects.toMatchObject({ code: 'wrong_state' });
      await database.prisma.labFault.update({ where: { id: fault.id }, data: { state: 'active' } });
      expect((await restoreLab(context(), fault.id)).state).toBe('restoring');
      expect((await getLabFault(context(), fault.id)).state).toBe('restoring');
      expect((await listLabFaults(context(), { limit: 10, open: true })).items.map(({ id }) => id)).toEqual([fault.id]);
      await database.prisma.labFault.update({ where: { id: fault.id }, data: { state: 'ended' } });
      expect((await listLabFaults(context(), { limit: 10, open: true })).items).toEqual([]);
      expect((await hurtLab(context(), { kind, target })).id).not.toBe(fault.id);
      const subject = `${kind.endsWith('site') ? 'site' : kind.endsWith('host') ? 'host' : 'vm'}/${target}`;
      const who = 'operator@example.org';
      expect((await audited()).sort()).toEqual([
        `${who} lab.hurt ${subject}`,
        `${who} lab.hurt ${subject}`,
        `${who} lab.restore ${subject}`,
      ]);
    },
  );

  it('is refused about a VM that does not run, and about what is not there', async () => {
    await database.prisma.vm.updateMany({ where: { name: 'shop-2' }, data: { state: 'failed' } });
    for (const target of ['shop-2', 'paris-1', 'nobody'])
      await expect(hurtLab(context(), { kind: 'crash-vm', target })).rejects.toMatchObject({ code: 'not_found' });
    expect(await audited()).toEqual([]);
  });

  it('has a direction only where something is cut', () => {
    const parse = (kind: string) => hurtLabSchema.safeParse({ kind, target: 'x', direction: 'incoming' }).success;
    expect(LAB_FAULT_KINDS.filter(parse)).toEqual(['cut-host', 'cut-site']);
  });
});
