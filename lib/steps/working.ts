import type { NodeStatus } from '@/lib/clustering/types';
import type { Node } from '@/lib/db/generated/client';
import { HypervisorError } from '@/lib/hypervisors/types';
import type { StepContext } from './context';

/** A node works when its proxy does, and its application where it is to run one. */
export const isWorking = (node: Pick<Node, 'runsApplication'>, status: NodeStatus): boolean =>
  status.proxy === 'up' && (!node.runsApplication || status.application === 'up');

/** Asks the node itself. One that cannot be asked does not work, as far as anyone knows. */
export const works = async (context: StepContext, node: Pick<Node, 'vmId' | 'runsApplication'>): Promise<boolean> => {
  const status = await context.clustering.status(node.vmId).catch(() => null);
  return status !== null && isWorking(node, status);
};

/**
 * Throws when a working node would leave nobody behind who works, whatever was known when the plan was made: the last
 * healthy node is never taken away. A node that does not work itself may go.
 */
export const assertOthersWork = async (context: StepContext, vmId: string): Promise<void> => {
  const node = await context.db.node.findUnique({ where: { vmId }, include: { cluster: true } });
  if (node === null || node.cluster.state === 'deleting' || node.state === 'left') return;
  const others = await context.db.node.findMany({
    where: { clusterId: node.clusterId, vmId: { not: vmId }, state: 'active', installedAt: { not: null } },
  });
  const [itself, ...rest] = await Promise.all([node, ...others].map((one) => works(context, one)));
  if (itself !== true || rest.includes(true)) return;
  throw new HypervisorError('wrong_state', 'It is the last healthy node of its cluster.', { retryable: true });
};
