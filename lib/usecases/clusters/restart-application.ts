import type { ClusterAccepted, DryRun, RestartInput } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';
import { planRestart } from './planner';
import { startPlanned } from './start-planned';

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
  return startPlanned(context, clusterIdOrName, input, {
    plan: (tx, cluster) => planRestart(tx, cluster, input.node),
    audit: ({ cluster }, operationId) => ({
      action: 'vm.restart-application',
      subject: `vm/${input.node}`,
      detail: { operationId, cluster: cluster.name },
    }),
  });
};
