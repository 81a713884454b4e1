import type { Database } from '../context';
import { describeVm } from './describe-vm';
import { noteUsage } from './note-usage';
import { toResource } from './rows';

/**
 * Has a VM charged by its present role from now on: a spare that was taken, a node that became a spare. Fine when it is
 * already, or when it does not run.
 *
 * @param at by its hypervisor's clock
 * @param now when it is written down
 */
export const noteRole = async (db: Database, vmId: string, at: Date, now: Date): Promise<void> => {
  const open = await db.usageOpen.findFirst({ where: { resource: 'vm', resourceId: vmId } });
  const vm = await describeVm(db, vmId);
  if (open === null || vm === null || (open.tier === 'spare') === (vm.subject.tier === 'spare')) return;
  const run = { resource: toResource(open.resource), resourceId: vmId, startedAtMs: open.runStartedAt.getTime() };
  await noteUsage(db, [{ ...run, kind: 'changed', atMs: at.getTime(), ...vm }], now);
};
