import type { ClusterAccepted, RecoverInput } from '@/lib/domain/contract';
import { HeadroomError, isHeadroomError } from '@/lib/domain/errors';
import { HOUR_MS, RECOVERIES_PER_HOUR, recoveryBudget } from '@/lib/domain/health';
import type { Plan } from '@/lib/domain/plan';
import { authorise, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { insertOperation } from '../operations/record-operation';
import { record } from '../record';
import { getChangeableCluster } from './check-cluster';
import { getClusterRow } from './get-cluster';
import { planRecovery } from './planner';
import { type ClusterRow, toClusterView } from './view';

/** Nodes and spares that are certain to act no more, in the order in which they were made. */
const lostOf = (cluster: ClusterRow) => ({
  nodes: cluster.vms.filter((vm) => vm.role === 'node' && vm.node?.state === 'failed').map((vm) => vm.name),
  spares: cluster.vms.filter((vm) => vm.role === 'spare' && vm.state === 'failed').map((vm) => vm.name),
});

/** Everything at once where there is room for it, else the nodes, else one node: something is better than nothing. */
const planBest = async (tx: Transaction, cluster: ClusterRow): Promise<Plan> => {
  const { nodes, spares } = lostOf(cluster);
  const sets = [[...nodes, ...spares], nodes, ...nodes.map((name) => [name])].filter((names) => names.length > 0);
  let refusal: unknown = new HeadroomError(
    'impossible',
    `${cluster.name} has lost nothing: there is nothing to recover.`,
  );
  for (const [i, names] of sets.entries()) {
    try {
      return await planRecovery(tx, cluster, names);
    } catch (error) {
      if (!isHeadroomError(error) || error.code !== 'no_capacity') throw error;
      // What is missing for all of it tells more than what is missing for a part.
      if (i === 0) refusal = error;
    }
  }
  throw refusal;
};

/**
 * Takes one from what a cluster may be recovered by itself within an hour, and keeps a record. Throws
 * `too_many_requests` with `nextAt` when nothing is left.
 */
export const spendRecovery = async (
  tx: Transaction,
  cluster: { readonly id: string; readonly name: string },
  recovery: { readonly kind: 'replace' | 'restart'; readonly detail: string; readonly operationId?: string },
  now: Date,
): Promise<void> => {
  const since = new Date(now.getTime() - HOUR_MS);
  const earlier = await tx.recovery.findMany({
    where: { clusterId: cluster.id, at: { gt: since } },
    select: { at: true },
  });
  const { left, nextAt } = recoveryBudget(
    earlier.map(({ at }) => at),
    now,
  );
  if (left === 0)
    throw new HeadroomError(
      'too_many_requests',
      `${cluster.name} was recovered ${RECOVERIES_PER_HOUR} times within the hour. It goes on by itself at ${nextAt?.toISOString()}, or at once when a person says so.`,
      { details: { nextAt: nextAt?.toISOString() } },
    );
  await tx.recovery.create({ data: { id: newId(), clusterId: cluster.id, at: now, ...recovery } });
};

/**
 * Replaces every node and spare of a cluster that is lost, spares first. The requirements stay. The reconciler calls it
 * as `system`, and is limited to so many an hour; people are not.
 * Throws `not_found`, `operation_active`, `wrong_state`, `no_capacity`, `impossible`, `too_many_requests`.
 */
export const recoverCluster = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  input: RecoverInput,
): Promise<ClusterAccepted> => {
  authorise(context, 'cluster.change');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const cluster = await getChangeableCluster(tx, clusterIdOrName, undefined);
    const plan = await planBest(tx, cluster);
    const lost = plan.removes.map((vm) => vm.name).join(', ');
    const reason = input.reason ?? `Replaces ${lost}, lost.`;
    const operation = await insertOperation(tx, context, plan, reason);
    if (context.actor.kind === 'system')
      await spendRecovery(tx, cluster, { kind: 'replace', detail: reason, operationId: operation.id }, context.clock());
    const view = toClusterView(await getClusterRow(tx, cluster.id), context.clock());
    return {
      value: { cluster: view, operation: { id: operation.id } },
      audit: {
        action: 'cluster.recover',
        subject: `cluster/${cluster.name}`,
        reason,
        detail: { operationId: operation.id, lost },
      },
      events: operation.events,
    };
  });
};
