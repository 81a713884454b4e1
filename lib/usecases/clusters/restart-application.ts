import type { ClusterAccepted, DryRun, RestartInput } from '@/lib/domain/contract';
import type { Plan } from '@/lib/domain/plan';
import { toPricedPlanView } from '../billing/plan-cost';
import { authorise, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { insertOperation } from '../operations/record-operation';
import { record } from '../record';
import { getChangeableCluster } from './check-cluster';
import { getClusterRow } from './get-cluster';
import { planRestart } from './planner';
import { type ClusterRow, toClusterView } from './view';

const prepare = async (
  tx: Transaction,
  idOrName: string,
  input: RestartInput,
): Promise<{ readonly cluster: ClusterRow; readonly plan: Plan }> => {
  const cluster = await getChangeableCluster(tx, idOrName, input.generation);
  return { cluster, plan: await planRestart(tx, cluster, input.node) };
};

/**
 * Restarts the application of one node, drained where others take its requests, or shows how.
 * Throws `stale_generation`, `operation_active`, `wrong_state`, `not_found`, `impossible`.
 */
export const restartApplication = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  input: RestartInput,
): Promise<ClusterAccepted | DryRun> => {
  authorise(context, 'vm.restart');
  if (input.dryRun) {
    return context.db.$transaction(async (tx) => {
      const { plan } = await prepare(tx, clusterIdOrName, input);
      return { plan: await toPricedPlanView(tx, context, plan) };
    });
  }
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const { cluster, plan } = await prepare(tx, clusterIdOrName, input);
    const reason = input.reason ?? '';
    const operation = await insertOperation(tx, context, plan, reason);
    const view = toClusterView(await getClusterRow(tx, cluster.id), context.clock());
    return {
      value: { cluster: view, operation: { id: operation.id } },
      audit: {
        action: 'vm.restart-application',
        subject: `vm/${input.node}`,
        reason,
        detail: { operationId: operation.id, cluster: cluster.name },
      },
      events: operation.events,
    };
  });
};
