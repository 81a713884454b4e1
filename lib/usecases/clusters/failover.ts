import type { ClusterAccepted, DryRun, FailoverInput } from '@/lib/domain/contract';
import type { Plan } from '@/lib/domain/plan';
import { toPricedPlanView } from '../billing/plan-cost';
import { authorise, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { insertOperation } from '../operations/record-operation';
import { record } from '../record';
import { getChangeableCluster } from './check-cluster';
import { getClusterRow } from './get-cluster';
import { planFailover } from './planner';
import { type ClusterRow, toClusterView } from './view';

const prepare = async (
  tx: Transaction,
  idOrName: string,
  input: FailoverInput,
): Promise<{ readonly cluster: ClusterRow; readonly plan: Plan }> => {
  const cluster = await getChangeableCluster(tx, idOrName, input.generation);
  return { cluster, plan: await planFailover(tx, cluster, input) };
};

/**
 * Hands the work of one node to a spare, or to a new VM on a host of choice, or shows how. The requirements stay.
 * Throws `stale_generation`, `operation_active`, `wrong_state`, `pairing_invalid`, `no_capacity`, `impossible`.
 */
export const failover = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  input: FailoverInput,
): Promise<ClusterAccepted | DryRun> => {
  authorise(context, 'cluster.change');
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
        action: 'cluster.failover',
        subject: `cluster/${cluster.name}`,
        reason,
        detail: { operationId: operation.id, from: input.from, to: input.to ?? null, mode: plan.mode },
      },
      events: operation.events,
    };
  });
};
