import type { LabFaultView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { labFaultCan, labTargetOf } from '@/lib/domain/lab-fault';
import { authorise, type UseCaseContext } from '../context';
import { record } from '../record';
import { toLabFaultView } from './view';

/** Has harm made good that was done on purpose. Throws `not_found`, and `wrong_state` unless it lasts. */
export const restoreLab = async (context: UseCaseContext, faultId: string): Promise<LabFaultView> => {
  authorise(context, 'lab.hurt');
  return record(context, async (tx) => {
    const fault = await tx.labFault.findUnique({ where: { id: faultId } });
    if (fault === null) throw new HeadroomError('not_found', `There is no fault ${JSON.stringify(faultId)}.`);
    const { kind, target, state } = toLabFaultView(fault);
    const { count } = labFaultCan.restore(state)
      ? await tx.labFault.updateMany({ where: { id: faultId, state }, data: { state: 'restoring' } })
      : { count: 0 };
    if (count === 0) throw new HeadroomError('wrong_state', `This is ${state}: there is nothing to make good.`);
    return {
      value: toLabFaultView({ ...fault, state: 'restoring' }),
      audit: { action: 'lab.restore', subject: `${labTargetOf(kind)}/${target}`, detail: { kind, faultId } },
      events: [{ kind: 'lab', payload: { faultId, state: 'restoring' } }],
    };
  });
};
