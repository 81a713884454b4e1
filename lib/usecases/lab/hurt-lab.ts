import type { HurtLabInput, LabFaultView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { isCut, LAB_FAULT_STATES, labFaultIs, labTargetOf } from '@/lib/domain/lab-fault';
import { authorise, describeActor, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { record } from '../record';
import { toLabFaultView } from './view';

const OPEN = LAB_FAULT_STATES.filter(labFaultIs.open);

interface Target {
  readonly id: string;
  readonly name: string;
}

const findTarget = (tx: Transaction, noun: 'vm' | 'host' | 'site', name: string): Promise<Target | null> => {
  const named = { OR: [{ id: name }, { name }] };
  const select = { id: true, name: true };
  switch (noun) {
    case 'vm':
      return tx.vm.findFirst({ where: { ...named, state: 'running' }, select });
    case 'host':
      return tx.host.findFirst({ where: named, select });
    case 'site':
      return tx.site.findFirst({ where: named, select });
    default:
      return noun satisfies never;
  }
};

/**
 * Does harm to the lab on purpose: recorded here, done by the orchestrator. Throws `not_found` without such a target (a VM
 * has to run), and `conflict` while the same is done to it already.
 */
export const hurtLab = async (context: UseCaseContext, input: HurtLabInput): Promise<LabFaultView> => {
  authorise(context, 'lab.hurt');
  const { kind } = input;
  const noun = labTargetOf(kind);
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const target = await findTarget(tx, noun, input.target);
    if (target === null) {
      const what = noun === 'vm' ? 'VM that runs' : noun;
      throw new HeadroomError('not_found', `There is no ${what} called ${JSON.stringify(input.target)}.`);
    }
    const same = await tx.labFault.findFirst({ where: { kind, targetId: target.id, state: { in: OPEN } } });
    if (same !== null) throw new HeadroomError('conflict', `This is done to ${target.name} already: restore it first.`);
    const direction = isCut(kind) ? (input.direction ?? 'both') : null;
    const reason = input.reason ?? '';
    const fault = await tx.labFault.create({
      data: {
        id: newId(),
        kind,
        targetId: target.id,
        target: target.name,
        direction,
        state: 'requested',
        reason,
        requestedBy: describeActor(context.actor),
        requestedAt: context.clock(),
      },
    });
    return {
      value: toLabFaultView(fault),
      audit: {
        action: 'lab.hurt',
        subject: `${noun}/${target.name}`,
        reason,
        detail: { kind, direction, faultId: fault.id },
      },
      events: [{ kind: 'lab', payload: { faultId: fault.id, state: 'requested' } }],
    };
  });
};
