import { setTimeout as delay } from 'node:timers/promises';
import { type ApiClient, connectTo } from '@/lib/cli/client';
import type { ClusterAccepted, ClusterView, CreateClusterInput, LoadInput, OperationView } from '@/lib/domain/contract';

const DEADLINE_MS = 10 * 60_000;
const POLL_MS = 500;

const SHOP: CreateClusterInput = {
  name: 'shop',
  workload: 'web',
  requirements: { nodes: 2, shape: { vcpus: 1, memoryMiB: 256 }, spread: 'host', spares: 0 },
  reason: 'demo made by the first start',
  dryRun: false,
};

/** Enough to see the charts move, little enough for two emulated nodes of one vCPU. */
const LOAD: LoadInput = { requestsPerSecond: 15, path: '/', slowStreams: 0 };

/**
 * Makes the demo cluster as anyone would, through the API, and waits until it serves. Throws with the operation's own
 * words when it does not come to be.
 */
export const makeDemo = async (
  url: string,
  token: string,
  report: (message: string, fraction?: number) => void,
  signal: AbortSignal,
): Promise<ClusterView> => {
  const client = connectTo(url, token);
  const accepted = await client.request<ClusterAccepted>('POST', '/clusters', { body: SHOP });
  await untilDone(client, accepted.operation.id, report, signal);
  await client.request('POST', `/clusters/${accepted.cluster.id}/load`, { body: LOAD });
  return client.request<ClusterView>('GET', `/clusters/${accepted.cluster.id}`);
};

const untilDone = async (
  client: ApiClient,
  operationId: string,
  report: (message: string, fraction?: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const operation = await client.request<OperationView>('GET', `/operations/${operationId}`);
    if (operation.state === 'done') return;
    const current = operation.steps.find((step) => step.state === 'running');
    report(current?.title ?? 'waiting', operation.stepsDone / Math.max(1, operation.stepsTotal));
    const isOver = operation.endedAt !== null || operation.state === 'stuck';
    if (isOver || Date.now() > deadline) {
      const failed = operation.steps.find((step) => step.state === 'failed');
      throw new Error(`operation ${operationId} is ${operation.state}: ${failed?.detail ?? current?.title ?? ''}`);
    }
    await delay(POLL_MS, undefined, { signal });
  }
};
