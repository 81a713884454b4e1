import type { ClusterAccepted, DeleteClusterInput } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { insertOperation, refuseWhileActive } from '../operations/record-operation';
import { record } from '../record';
import { getClusterRow } from './get-cluster';
import { planDeletion } from './planner';
import { toClusterView } from './view';

/**
 * Deletes a cluster with its VMs and volumes: an act of its own, never part of a change. It may be asked for again when
 * a deletion got stuck. Throws `confirmation_required` unless the name was typed again, and `operation_active`.
 */
export const deleteCluster = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  input: DeleteClusterInput,
): Promise<ClusterAccepted> => {
  authorise(context, 'cluster.delete');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const cluster = await getClusterRow(tx, clusterIdOrName);
    if (input.confirmName !== cluster.name) {
      const message = `Type the cluster's name, ${cluster.name}, to delete it with everything it has.`;
      throw new HeadroomError('confirmation_required', message, {
        details: { fields: [{ field: 'confirmName', message }] },
      });
    }
    await refuseWhileActive(tx, cluster);
    const plan = await planDeletion(tx, cluster);
    const reason = input.reason ?? '';
    await tx.cluster.update({ where: { id: cluster.id }, data: { state: 'deleting' } });
    const operation = await insertOperation(tx, context, plan, reason);
    const view = toClusterView(await getClusterRow(tx, cluster.id), context.clock());
    return {
      value: { cluster: view, operation: { id: operation.id } },
      audit: {
        action: 'cluster.delete',
        subject: `cluster/${cluster.name}`,
        reason,
        detail: { operationId: operation.id },
      },
      events: operation.events,
    };
  });
};
