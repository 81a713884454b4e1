import { alarmSubject } from '@/lib/domain/alarm';
import type { FenceEvidence } from '@/lib/hypervisors/types';
import { ensureAlarm, ensureNoAlarm } from '@/lib/usecases/alarms/raise';
import { newId } from '@/lib/usecases/ids';
import { type OrchestratorContext, within } from '../context';

const FENCE_DEADLINE_MS = 20_000;

/**
 * Ends a VM that is lost, and keeps the proof. Null when there is none: an alarm says so, and nothing that the VM did may
 * start elsewhere.
 */
export const fenceLostVm = async (
  context: OrchestratorContext,
  vm: { readonly vmId: string; readonly name: string; readonly clusterId: string },
  by: string,
): Promise<FenceEvidence | null> => {
  const { db, clock, hypervisor } = context;
  const subject = alarmSubject('vm', vm.vmId);
  try {
    const asked = hypervisor.fenceVm(vm.vmId);
    const evidence = await within(context, FENCE_DEADLINE_MS, `fencing ${vm.name}`, asked);
    const { at, method, detail } = evidence;
    await db.fence.create({ data: { id: newId(), subject, at, method, detail, by } });
    await ensureNoAlarm(db, clock.now(), 'fence-in-doubt', subject, detail);
    context.say('VM fenced', { vm: vm.name, evidence: detail });
    return evidence;
  } catch (error) {
    context.say('VM not fenced: nothing of it is replaced', { vm: vm.name, error: String(error) });
    await ensureAlarm(db, clock.now(), {
      kind: 'fence-in-doubt',
      subject,
      name: vm.name,
      clusterId: vm.clusterId,
      message: `${vm.name} is lost, and nothing proves that it no longer acts. It is not replaced until the order, which is repeated, is acknowledged, or a person confirms that it is off.`,
    });
    return null;
  }
};
