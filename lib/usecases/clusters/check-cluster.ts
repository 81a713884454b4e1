import { HeadroomError } from '@/lib/domain/errors';
import type { Transaction } from '../context';
import { refuseWhileActive } from '../operations/record-operation';
import { getClusterRow } from './get-cluster';
import type { ClusterRow } from './view';

/**
 * A cluster to which something may be done now. Throws `not_found`, `stale_generation` when it has moved on from the
 * generation that the caller saw, `operation_active`, and `wrong_state` when it neither runs nor limps.
 */
export const getChangeableCluster = async (
  tx: Transaction,
  idOrName: string,
  seenGeneration: number | undefined,
): Promise<ClusterRow> => {
  const cluster = await getClusterRow(tx, idOrName);
  if (seenGeneration !== undefined && seenGeneration !== cluster.generation) {
    throw new HeadroomError(
      'stale_generation',
      `${cluster.name} is at generation ${cluster.generation} now; you saw ${seenGeneration}. Look again.`,
      { details: { generation: cluster.generation } },
    );
  }
  await refuseWhileActive(tx, cluster);
  if (cluster.state !== 'running' && cluster.state !== 'degraded') {
    throw new HeadroomError('wrong_state', `${cluster.name} is ${cluster.state}.`, {
      details: { state: cluster.state },
    });
  }
  return cluster;
};
