import type { ClusterAccepted, DryRun, FailoverInput } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';
import { planFailover } from './planner';
import { startPlanned } from './start-planned';

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
  return startPlanned(context, clusterIdOrName, input, {
    plan: (tx, cluster) => planFailover(tx, cluster, input),
    audit: ({ cluster, plan }, operationId) => ({
      action: 'cluster.failover',
      subject: `cluster/${cluster.name}`,
      detail: { operationId, from: input.from, to: input.to ?? null, mode: plan.mode },
    }),
  });
};
