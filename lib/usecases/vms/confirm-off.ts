import { alarmSubject } from '@/lib/domain/alarm';
import type { ConfirmOffInput, VmView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { noteVmFenced } from '../hosts/note-fenced';
import { requireName } from '../hosts/require-name';
import { takeLock } from '../locks';
import { record } from '../record';
import { getVmRow } from './get-vm-row';
import { toVmView } from './view';

/**
 * A person says that a VM no longer acts, which nothing could prove: it counts as fenced from now on, and is replaced.
 * Throws `confirmation_required` unless its name was typed again, and `wrong_state` unless its fencing is in doubt: one
 * that can be fenced is, and needs nobody's word.
 */
export const confirmVmOff = async (
  context: UseCaseContext,
  vmIdOrName: string,
  input: ConfirmOffInput,
): Promise<VmView> => {
  authorise(context, 'host.fence');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const vm = await getVmRow(tx, vmIdOrName);
    requireName('VM', vm.name, input.confirmName);
    const subject = alarmSubject('vm', vm.id);
    const inDoubt = await tx.alarm.count({ where: { kind: 'fence-in-doubt', subject, resolvedAt: null } });
    if (inDoubt === 0) {
      throw new HeadroomError('wrong_state', `Nobody asks whether ${vm.name} is off: there is nothing to decide.`);
    }
    const by = describeActor(context.actor);
    const detail = `${by} confirmed that ${vm.name} is off: ${input.reason}`;
    const events = await noteVmFenced(tx, vm.id, { at: context.clock(), method: 'confirmed-by-person', detail }, by);
    return {
      value: toVmView(await getVmRow(tx, vm.id)),
      audit: {
        action: 'vm.confirm-off',
        subject: `vm/${vm.name}`,
        reason: input.reason,
        detail: { host: vm.host.name },
      },
      events,
    };
  });
};
