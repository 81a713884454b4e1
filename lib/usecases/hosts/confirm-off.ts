import type { ConfirmOffInput, HostView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { record } from '../record';
import { getHostRow } from './hosts';
import { noteHostFenced } from './note-fenced';
import { requireName } from './require-name';
import { toHostView } from './view';

/**
 * A person says that a host is off, which nothing could prove: it counts as fenced from now on, and what ran on it starts
 * elsewhere. Throws `confirmation_required` unless its name was typed again, and `wrong_state` unless it is down.
 */
export const confirmHostOff = async (
  context: UseCaseContext,
  hostIdOrName: string,
  input: ConfirmOffInput,
): Promise<HostView> => {
  authorise(context, 'host.fence');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const host = await getHostRow(tx, hostIdOrName);
    requireName('host', host.name, input.confirmName);
    if (host.state !== 'down') {
      throw new HeadroomError('wrong_state', `${host.name} is ${host.state}: there is nothing to decide.`);
    }
    const by = describeActor(context.actor);
    const detail = `${by} confirmed that ${host.name} is off: ${input.reason}`;
    const events = await noteHostFenced(tx, host, { at: context.clock(), method: 'confirmed-by-person', detail }, by);
    return {
      value: toHostView(await getHostRow(tx, host.id)),
      audit: {
        action: 'host.confirm-off',
        subject: `host/${host.name}`,
        reason: input.reason,
        detail: { vms: host.vms.map((vm) => vm.name) },
      },
      events,
    };
  });
};
