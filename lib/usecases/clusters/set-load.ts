import type { LoadInput } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type UseCaseContext } from '../context';
import { record } from '../record';
import { getClusterRow } from './get-cluster';

/** Sets the lab's load on a cluster's VIP; the orchestrator brings it about. Throws `wrong_state` before it serves. */
export const setLoad = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  load: LoadInput,
): Promise<{ readonly load: LoadInput }> => {
  authorise(context, 'cluster.load');
  return record(context, async (tx) => {
    const cluster = await getClusterRow(tx, clusterIdOrName);
    if (cluster.state !== 'running' && cluster.state !== 'degraded') {
      throw new HeadroomError('wrong_state', `${cluster.name} is ${cluster.state}: it takes no load.`);
    }
    await tx.cluster.update({ where: { id: cluster.id }, data: { load } });
    return {
      value: { load },
      audit: { action: 'cluster.load', subject: `cluster/${cluster.name}`, detail: { ...load } },
      events: [{ kind: 'cluster', clusterId: cluster.id, payload: { load } }],
    };
  });
};
