import type { OperationView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { operationCan } from '@/lib/domain/operation';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { record } from '../record';
import { getOperationRow } from './operations';
import { toOperationView } from './view';

/**
 * Asks for an operation to be cancelled; the orchestrator undoes what can be undone. Past the moment where traffic
 * moved it goes on to its end. Asking again changes nothing. Throws `wrong_state` when it has ended.
 */
export const cancelOperation = async (context: UseCaseContext, operationId: string): Promise<OperationView> => {
  authorise(context, 'operation.cancel');
  return record(context, async (tx) => {
    const row = await getOperationRow(tx, operationId);
    if (!operationCan.cancel(row.state)) {
      throw new HeadroomError('wrong_state', `This operation is ${row.state}: there is nothing to cancel.`);
    }
    // The state is asked again in the write: the orchestrator may have ended it since.
    const { count } = await tx.operation.updateMany({
      where: { id: row.id, state: { in: ['pending', 'running'] }, cancelRequestedBy: null },
      data: { cancelRequestedBy: describeActor(context.actor) },
    });
    const now = await getOperationRow(tx, operationId);
    if (count === 0 && now.cancelRequestedBy === null) {
      throw new HeadroomError('wrong_state', `This operation is ${now.state} now: there is nothing to cancel.`);
    }
    return {
      value: toOperationView(now),
      audit: { action: 'operation.cancel', subject: `operation/${row.id}`, detail: { cluster: row.cluster.name } },
      events: [{ kind: 'operation', clusterId: row.clusterId, operationId: row.id, payload: { state: now.state } }],
    };
  });
};
