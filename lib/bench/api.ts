import type { ApiClient } from '@/lib/cli/client';
import { followOperation, requireDone } from '@/lib/cli/follow-operation';
import type { ClusterAccepted, ClusterView, OperationView } from '@/lib/domain/contract';
import type { Spread } from '@/lib/domain/requirements';
import type { Shape } from '@/lib/domain/shape';

export type SmallShape = Pick<Shape, 'vcpus' | 'memoryMiB'>;

/** The two sizes that the cases go to and fro between. */
export const SMALL: SmallShape = { vcpus: 1, memoryMiB: 256 };
export const LARGE: SmallShape = { vcpus: 2, memoryMiB: 512 };

export const getCluster = (client: ApiClient, name: string): Promise<ClusterView> =>
  client.request<ClusterView>('GET', `/clusters/${name}`);

export interface ClusterWishes {
  readonly nodes?: number;
  readonly spread?: Spread;
  /** Names of the hosts that its VMs may go to. */
  readonly hosts?: readonly string[];
}

/** Creates a cluster of small nodes, two unless said otherwise, and resolves when it serves. */
export const createCluster = async (
  client: ApiClient,
  name: string,
  workload: string,
  { nodes = 2, spread = 'host', hosts }: ClusterWishes = {},
): Promise<ClusterView> => {
  const accepted = await client.request<ClusterAccepted>('POST', '/clusters', {
    body: { name, workload, requirements: { nodes, shape: SMALL, spread }, hosts },
  });
  await untilDone(client, accepted.operation.id);
  return getCluster(client, name);
};

export const deleteCluster = async (client: ApiClient, name: string): Promise<void> => {
  const accepted = await client.request<ClusterAccepted>('DELETE', `/clusters/${name}`, {
    body: { confirmName: name },
  });
  await untilDone(client, accepted.operation.id);
};

/** Asks for another shape; resolves with the id of the operation that brings it. */
export const requestShape = async (client: ApiClient, name: string, shape: SmallShape): Promise<string> => {
  const body = { shape, reason: 'bench' };
  const accepted = await client.request<ClusterAccepted>('PATCH', `/clusters/${name}/requirements`, { body });
  return accepted.operation.id;
};

/** What is known of the steps that did not end well. */
const describeSteps = ({ steps }: OperationView): string =>
  steps
    .filter(({ state, detail }) => state !== 'done' && detail !== null)
    .map(({ title, state, detail }) => `${title} (${state}): ${detail}`)
    .join('; ');

/** Resolves with the ended operation; throws unless it is done. */
export const untilDone = async (client: ApiClient, operationId: string): Promise<OperationView> => {
  const operation = await followOperation(client, operationId, { quiet: true });
  try {
    requireDone(operation);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error} ${describeSteps(operation)}`, { cause: error });
  }
  return operation;
};

/** The size that the cluster does not have now. */
export const otherShape = (cluster: ClusterView): SmallShape =>
  cluster.requirements.shape.vcpus === SMALL.vcpus ? LARGE : SMALL;
