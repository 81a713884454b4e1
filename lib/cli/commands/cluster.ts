import type { Command } from 'commander';
import type {
  ClusterAccepted,
  ClusterView,
  DryRun,
  LoadInput,
  MetricsView,
  OperationView,
  RecommendationView,
  RevisionView,
} from '@/lib/domain/contract';
import { describeShape } from '@/lib/domain/shape';
import { CliError, EXIT } from '../cli-error';
import { type ApiClient, listAll } from '../client';
import { type CommandContext, commandContext } from '../context';
import { followOperation, requireDone } from '../follow-operation';
import { note, print, printJson, printLine, printTable } from '../output';
import { describeReceipt } from '../show-operation';
import { showPlan } from '../show-plan';

const pathOf = (name: string): string => `/clusters/${encodeURIComponent(name)}`;

const showCluster = async (cluster: ClusterView): Promise<void> => {
  printLine(`${cluster.name}: ${cluster.state}, generation ${cluster.generation}, workload ${cluster.workload}`);
  printLine(`VIP ${cluster.vip}, from this machine ${cluster.endpoint}`);
  const { nodes, shape, spread, spares } = cluster.requirements;
  printLine(`Needs ${nodes} × ${describeShape(shape)}, spread over ${spread}, ${spares} spares`);
  if (cluster.activeOperation !== null) {
    printLine(`Under way: ${cluster.activeOperation.kind} (${cluster.activeOperation.id})`);
  }
  printLine();
  await printTable(
    ['NODE', 'STATE', 'VIP', 'HEALTHY', 'HOST', 'SITE', 'SHAPE', 'ADDRESS', 'CONNECTIONS'],
    cluster.nodes.map((n) => [
      n.name,
      n.state,
      n.vipHolder === null ? '?' : n.vipHolder ? 'holder' : '',
      n.healthy === null ? '?' : n.healthy ? 'yes' : 'no',
      n.host,
      n.site,
      describeShape(n.shape),
      n.address,
      n.connections,
    ]),
  );
};

export const list = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const clusters = await listAll<ClusterView>(client, '/clusters');
  await print(output, clusters, () =>
    printTable(
      ['NAME', 'STATE', 'NODES', 'SHAPE', 'WORKLOAD', 'VIP', 'ENDPOINT'],
      clusters.map((c) => [
        c.name,
        c.state,
        `${c.nodes.filter((n) => n.state === 'active').length}/${c.requirements.nodes}`,
        describeShape(c.requirements.shape),
        c.workload,
        c.vip,
        c.endpoint,
      ]),
    ),
  );
};

export const show = async (name: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const cluster = await client.request<ClusterView>('GET', pathOf(name));
  await print(output, cluster, () => showCluster(cluster));
};

export interface RunOptions {
  readonly dryRun?: boolean;
  /** `--no-wait` makes it false. */
  readonly wait?: boolean;
}

/** Sends a change and shows its plan, or waits for its operation and prints what came of it. */
const run = async (
  { client, output }: CommandContext,
  request: { method: string; path: string; body: object },
  options: RunOptions,
): Promise<void> => {
  const body = options.dryRun === true ? { ...request.body, dryRun: true } : request.body;
  const answer = await client.request<ClusterAccepted | DryRun>(request.method, request.path, { body });
  if ('plan' in answer) return print(output, answer, () => showPlan(answer.plan));
  if (options.wait === false) {
    return print(output, answer, () => printLine(`Accepted: operation ${answer.operation.id}`));
  }
  const operation = await followOperation(client, answer.operation.id, { quiet: output.json === true });
  const cluster = operation.kind === 'delete' ? answer.cluster : await findCluster(client, answer.cluster);
  await print(output, { cluster, operation }, () => showEnd(operation, cluster));
  requireDone(operation);
};

const findCluster = (client: ApiClient, cluster: ClusterView): Promise<ClusterView> =>
  client.request<ClusterView>('GET', `/clusters/${cluster.id}`).catch(() => cluster);

const showEnd = async (operation: OperationView, cluster: ClusterView): Promise<void> => {
  note([`${operation.kind} ${operation.state}`, describeReceipt(operation)].filter((text) => text !== '').join(': '));
  if (operation.kind !== 'delete' && operation.state === 'done') await showCluster(cluster);
};

interface ShapeOptions {
  readonly vcpus?: number;
  readonly memory?: number;
  readonly disk?: number;
}

export interface CreateOptions extends RunOptions, ShapeOptions {
  readonly workload: string;
  readonly nodes: number;
  readonly spread?: string;
  readonly spares?: number;
  readonly host?: readonly string[];
  readonly site?: readonly string[];
  readonly reason?: string;
}

export const create = async (name: string, options: CreateOptions, command: Command): Promise<void> => {
  const body = {
    name,
    workload: options.workload,
    requirements: {
      nodes: options.nodes,
      shape: { vcpus: options.vcpus, memoryMiB: options.memory, diskGiB: options.disk },
      spread: options.spread,
      spares: options.spares,
    },
    hosts: options.host,
    sites: options.site,
    reason: options.reason,
  };
  await run(await commandContext(command), { method: 'POST', path: '/clusters', body }, options);
};

export interface ChangeOptions extends RunOptions, ShapeOptions {
  readonly nodes?: number;
  readonly spread?: string;
  readonly spares?: number;
  readonly mode?: string;
  readonly pair?: readonly string[];
  readonly host?: readonly string[];
  readonly site?: readonly string[];
  readonly reason?: string;
  readonly planHash?: string;
  readonly generation?: number;
  readonly forApproval?: boolean;
}

const parsePair = (text: string): { from: string; to: string } => {
  const [from, to, ...rest] = text.split('=');
  if (from !== undefined && from !== '' && to !== undefined && to !== '' && rest.length === 0) return { from, to };
  throw new CliError(EXIT.usage, `--pair takes <node>=<new-1 or spare>, not ${JSON.stringify(text)}.`, {
    code: 'usage',
  });
};

/** A shape is changed as a whole: what is not given stays as the cluster has it. */
const shapeAfter = (options: ShapeOptions, cluster: ClusterView): object | undefined => {
  if (options.vcpus === undefined && options.memory === undefined && options.disk === undefined) return undefined;
  const { shape } = cluster.requirements;
  return {
    vcpus: options.vcpus ?? shape.vcpus,
    memoryMiB: options.memory ?? shape.memoryMiB,
    diskGiB: options.disk ?? shape.diskGiB,
  };
};

export const change = async (name: string, options: ChangeOptions, command: Command): Promise<void> => {
  const context = await commandContext(command);
  const cluster = await context.client.request<ClusterView>('GET', pathOf(name));
  const body = {
    nodes: options.nodes,
    shape: shapeAfter(options, cluster),
    spread: options.spread,
    spares: options.spares,
    mode: options.mode,
    pairing: options.pair?.map(parsePair),
    hosts: options.host,
    sites: options.site,
    reason: options.reason,
    planHash: options.planHash,
    generation: options.generation ?? cluster.generation,
  };
  if (options.forApproval === true) {
    const path = `${pathOf(name)}/change-requests`;
    const asked = await context.client.request<RecommendationView>('POST', path, { body });
    return print(context.output, asked, () => printLine(`Waits for approval: recommendation ${asked.id}`));
  }
  await run(context, { method: 'PATCH', path: `${pathOf(name)}/requirements`, body }, options);
};

export interface FailoverOptions extends RunOptions {
  readonly to?: string;
  readonly mode?: string;
  readonly reason?: string;
}

export const failover = async (
  name: string,
  from: string,
  options: FailoverOptions,
  command: Command,
): Promise<void> => {
  const body = { from, to: options.to, mode: options.mode, reason: options.reason };
  await run(await commandContext(command), { method: 'POST', path: `${pathOf(name)}/failover`, body }, options);
};

export const restart = async (
  name: string,
  node: string,
  options: RunOptions & { readonly reason?: string },
  command: Command,
): Promise<void> => {
  const body = { node, reason: options.reason };
  await run(await commandContext(command), { method: 'POST', path: `${pathOf(name)}/restart`, body }, options);
};

export const remove = async (
  name: string,
  options: RunOptions & { readonly confirm: string; readonly reason?: string },
  command: Command,
): Promise<void> => {
  const body = { confirmName: options.confirm, reason: options.reason };
  await run(await commandContext(command), { method: 'DELETE', path: pathOf(name), body }, options);
};

export const load = async (
  name: string,
  requestsPerSecond: number,
  options: { readonly path?: string; readonly streams?: number },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const body = { requestsPerSecond, path: options.path, slowStreams: options.streams };
  const answer = await client.request<{ load: LoadInput }>('POST', `${pathOf(name)}/load`, { body });
  const { load: set } = answer;
  await print(output, answer, () =>
    printLine(`${name}: ${set.requestsPerSecond} requests/s to ${set.path}, ${set.slowStreams} slow streams`),
  );
};

export const metrics = async (
  name: string,
  options: { readonly from?: string; readonly to?: string; readonly step?: number },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const view = await client.request<MetricsView>('GET', `${pathOf(name)}/metrics`, { query: { ...options } });
  if (output.json === true) return printJson(view);
  const round = (value: number | null | undefined, digits: number): string =>
    value === null || value === undefined ? '–' : value.toFixed(digits);
  const { cluster: c } = view;
  await printTable(
    ['TIME', 'CPU', 'MEMORY', 'REQ/S', 'P50 MS', 'P99 MS', 'ERR/S', 'CONNECTIONS'],
    view.times.map((time, i) => [
      new Date(time).toISOString(),
      round(c.cpu?.[i], 2),
      round(c.memory?.[i], 2),
      round(c.requestsPerSecond?.[i], 1),
      round(c.latencyP50Ms?.[i], 1),
      round(c.latencyP99Ms?.[i], 1),
      round(c.errorsPerSecond?.[i], 1),
      round(c.connections?.[i], 0),
    ]),
  );
};

export const history = async (name: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const revisions = await listAll<RevisionView>(client, `${pathOf(name)}/revisions`);
  await print(output, revisions, () =>
    printTable(
      ['GENERATION', 'TIME', 'NODES', 'SHAPE', 'SPREAD', 'SPARES', 'AUTHOR', 'REASON'],
      revisions.map((r) => [
        r.generation,
        r.createdAt,
        r.requirements.nodes,
        describeShape(r.requirements.shape),
        r.requirements.spread,
        r.requirements.spares,
        r.author,
        r.reason,
      ]),
    ),
  );
};
