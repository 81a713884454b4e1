import type { ApiClient } from '@/lib/cli/client';
import { followOperation } from '@/lib/cli/follow-operation';
import { readEvents } from '@/lib/cli/sse';
import type {
  ClusterAccepted,
  ClusterView,
  OperationEventView,
  OperationView,
  Page,
  VmView,
} from '@/lib/domain/contract';
import { createCluster, deleteCluster, getCluster, otherShape, requestShape, SMALL } from '../api';
import { type Product, withProduct } from '../product';
import type { BenchCase } from '../types';
import { watchEndpoint } from '../watch-endpoint';

const STEP_DEADLINE_MS = 180_000;

/** Resolves when this many steps have begun; with false when the operation ended before. */
const untilStepsBegan = async (client: ApiClient, operationId: string, count: number): Promise<boolean> => {
  const signal = AbortSignal.timeout(STEP_DEADLINE_MS);
  const began = new Set<string>();
  for await (const { data } of readEvents(await client.stream(`/operations/${operationId}/events`, { signal }))) {
    const event: OperationEventView = JSON.parse(data);
    if (event.type === 'step-started' && event.stepId !== null) began.add(event.stepId);
    if (began.size >= count) return true;
    if (event.type === 'operation-ended') return false;
  }
  throw new Error(`operation ${operationId}: its stream ended early`);
};

const listVms = async (client: ApiClient): Promise<readonly VmView[]> =>
  (await client.request<Page<VmView>>('GET', '/vms', { query: { limit: 200 } })).items;

interface Scenario {
  readonly name: string;
  /** Begins the operation, and says what is to be there afterwards. */
  begin(product: Product, round: number): Promise<{ operationId: string; cluster: string; serves: boolean }>;
  after(product: Product, round: number): Promise<void>;
}

const change: Scenario = {
  name: 'change',
  begin: async ({ client }) => {
    const shape = otherShape(await getCluster(client, 'steady'));
    return { operationId: await requestShape(client, 'steady', shape), cluster: 'steady', serves: true };
  },
  after: async () => undefined,
};

const failover: Scenario = {
  name: 'failover',
  begin: async ({ client }) => {
    const { nodes } = await getCluster(client, 'steady');
    const accepted = await client.request<ClusterAccepted>('POST', '/clusters/steady/failover', {
      body: { from: nodes[0]?.name, reason: 'bench' },
    });
    return { operationId: accepted.operation.id, cluster: 'steady', serves: true };
  },
  after: async () => undefined,
};

const create: Scenario = {
  name: 'create',
  begin: async ({ client }, round) => {
    const accepted = await client.request<ClusterAccepted>('POST', '/clusters', {
      body: { name: `made-${round}`, workload: 'web', requirements: { nodes: 2, shape: SMALL } },
    });
    return { operationId: accepted.operation.id, cluster: `made-${round}`, serves: false };
  },
  after: async ({ client }, round) => {
    const made = await client.request<ClusterView>('GET', `/clusters/made-${round}`).catch(() => null);
    if (made !== null && made.state !== 'deleted') await deleteCluster(client, `made-${round}`);
  },
};

/** What is wrong after an operation that was cut; null when nothing is. */
const findProblem = async (client: ApiClient, operation: OperationView, name: string): Promise<string | null> => {
  if (operation.state !== 'done' && operation.state !== 'undone') return `ended ${operation.state}`;
  const vms = (await listVms(client)).filter((vm) => vm.cluster?.name === name && vm.state !== 'released');
  const cluster = await client.request<ClusterView>('GET', `/clusters/${name}`).catch(() => null);
  const members = cluster?.state === 'deleted' ? 0 : (cluster?.nodes.length ?? 0);
  return vms.length === members ? null : `${vms.length} VMs for ${members} nodes`;
};

/** Kills the orchestrator when the nth step has begun, for every n, of every kind of operation. */
export const crash: BenchCase = {
  name: 'crash',
  description: 'the orchestrator is killed with -9 at every step of create, change and failover in turn',
  run: ({ say }) =>
    withProduct(async (product) => {
      const { endpoint } = await createCluster(product.client, 'steady', 'web');
      const watch = watchEndpoint(endpoint);
      let cut = 0;
      const problems: string[] = [];
      for (const scenario of [create, change, failover]) {
        for (let step = 1; ; step++) {
          const round = step;
          const { operationId, cluster } = await scenario.begin(product, round);
          const began = await untilStepsBegan(product.client, operationId, step);
          if (began) await product.kill('orchestrator');
          const operation = await followOperation(product.client, operationId, { quiet: true });
          const problem = await findProblem(product.client, operation, cluster);
          if (problem !== null) problems.push(`${scenario.name}, step ${step}: ${problem}`);
          await scenario.after(product, round);
          say(`${scenario.name}, step ${step}: ${began ? operation.state : 'no such step'} ${problem ?? ''}`);
          if (!began) break;
          cut += 1;
        }
      }
      const seen = await watch.stop();
      for (const problem of problems) say(problem);
      return [
        { name: 'cut', unit: 'operations', values: [cut], target: { kind: 'minimum', atLeast: 1 } },
        {
          name: 'cut and not well',
          unit: 'operations',
          values: [problems.length],
          target: { kind: 'maximum', atMost: 0 },
        },
        { name: 'failed meanwhile', unit: 'requests', values: [seen.failed], target: { kind: 'maximum', atMost: 0 } },
      ];
    }),
};
