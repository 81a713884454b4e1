import type { ClusterAccepted } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { insertOperation } from '../operations/record-operation';
import { record } from '../record';
import { getChangeableCluster } from './check-cluster';
import { getClusterRow } from './get-cluster';
import { planReplacement } from './planner';
import { toClusterView } from './view';

/**
 * Starts the replacement of a node that failed, spares first. The reconciler calls it as `system`; the requirements
 * stay. Throws `not_found`, `operation_active`, `wrong_state`, `no_capacity`, `impossible`.
 */
export const replaceNode = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  nodeName: string,
  reason: string,
): Promise<ClusterAccepted> => {
  authorise(context, 'cluster.change');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const cluster = await getChangeableCluster(tx, clusterIdOrName, undefined);
    const plan = await planReplacement(tx, cluster, nodeName);
    const operation = await insertOperation(tx, context, plan, reason);
    const view = toClusterView(await getClusterRow(tx, cluster.id), context.clock());
    return {
      value: { cluster: view, operation: { id: operation.id } },
      audit: {
        action: 'cluster.replace',
        subject: `cluster/${cluster.name}`,
        reason,
        detail: { operationId: operation.id, node: nodeName },
      },
      events: operation.events,
    };
  });
};
