import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FailedRequest } from '@/lib/domain/operation';
import { withFileLock } from '@/lib/hypervisors/qemu/file-lock';
import { HypervisorError } from '@/lib/hypervisors/types';
import { type LoadStatus, type NodeTrafficMetrics, PROBE_TIMEOUT_MS, type Traffic } from '../types';
import { BackgroundProcess, type Prefix } from './background-process';
import type { AgentMethods, GatewayMethods } from './control/messages';
import { trafficPaths } from './paths';

export interface LabTrafficOptions {
  /** The state directory. */
  readonly home: string;
  /** What to put before a program to run it where clients stand. Called when the agent is started. */
  readonly enterClients: () => Prefix;
}

/** What else can be had where clients stand in the lab. */
export interface LabTraffic extends Traffic {
  /** What the member at this address says of itself, over the network. Throws `unreachable` when it says nothing in time. */
  memberStatus(address: string, timeoutMs: number): Promise<string>;
}

const ASK_MS_MAX = 10_000;
const LOCK_WAIT_MS = 60_000;
const DEFAULT_PROBE_MS = 2_000;

/**
 * Traffic of the embedded lab: an agent within the clients' network, and a gateway from this machine's loopback to it.
 * Both are processes of their own. A call that finds one of them gone starts it again and asks once more, so that they
 * need nobody who watches them.
 */
export const createLabTraffic = ({ home, enterClients }: LabTrafficOptions): LabTraffic => {
  const paths = trafficPaths(home);
  const agent = new BackgroundProcess<AgentMethods>({
    paths: paths.agent,
    main: fileURLToPath(new URL('agent/main.ts', import.meta.url)),
    args: [home],
    prefix: enterClients,
  });
  const gateway = new BackgroundProcess<GatewayMethods>({
    paths: paths.gateway,
    main: fileURLToPath(new URL('gateway/main.ts', import.meta.url)),
    args: [home],
    prefix: () => ({ command: 'env', args: [] }),
  });

  const makeDirectories = async (): Promise<void> => {
    await mkdir(paths.directory, { recursive: true, mode: 0o711 });
    await mkdir(paths.shared, { recursive: true, mode: 0o711 });
  };

  const serveGateway = async (): Promise<void> => {
    const targets = await agent.client.ask('published', null, { timeoutMs: ASK_MS_MAX });
    const ports = targets.map(({ clusterId, gatewayPort: port }) => ({ clusterId, port }));
    await gateway.client.ask('serve', { ports }, { timeoutMs: ASK_MS_MAX });
  };

  let starting: Promise<void> | null = null;
  const start = (): Promise<void> => {
    starting ??= makeDirectories()
      .then(() =>
        withFileLock(paths.lock, { waitMs: LOCK_WAIT_MS }, async () => {
          await Promise.all([agent.ensure(), gateway.ensure()]);
          await serveGateway();
        }),
      )
      .finally(() => {
        starting = null;
      });
    return starting;
  };

  const ask = async <K extends keyof AgentMethods>(
    method: K,
    params: AgentMethods[K]['params'],
    timeoutMs = ASK_MS_MAX,
  ): Promise<AgentMethods[K]['result']> => {
    try {
      return await agent.client.ask(method, params, { timeoutMs });
    } catch (error) {
      if (!(error instanceof HypervisorError) || error.code !== 'unreachable') throw error;
      await start();
      return await agent.client.ask(method, params, { timeoutMs });
    }
  };

  return {
    start,
    stop: async () => {
      agent.client.close();
      gateway.client.close();
    },
    tearDown: async () => {
      await makeDirectories();
      await withFileLock(paths.lock, { waitMs: LOCK_WAIT_MS }, async () => {
        await Promise.all([agent.end(), gateway.end()]);
      });
      await rm(paths.directory, { recursive: true, force: true });
    },

    ensurePublished: async (target) => {
      await ask('publish', target);
      await serveGateway().catch(start);
    },
    ensureUnpublished: async (clusterId) => {
      await ask('unpublish', { clusterId });
      await serveGateway().catch(start);
    },
    listPublished: () => ask('published', null),

    receipt: async (clusterId, from, to) => {
      const summary = await ask(
        'receipt',
        { clusterId, from: from.getTime(), to: to.getTime() },
        PROBE_TIMEOUT_MS + ASK_MS_MAX,
      );
      return { ...summary, failures: readFailures(summary.failures), startedAt: from, endedAt: to };
    },
    probeOnce: (clusterId, { timeoutMs = DEFAULT_PROBE_MS, path } = {}) =>
      ask('probeOnce', { clusterId, timeoutMs, path: path ?? null }, timeoutMs + ASK_MS_MAX),
    answeredSince: async (clusterId, since) => {
      const answers = await ask('answeredSince', { clusterId, since: since.getTime() });
      return new Map(answers.map(([name, at]) => [name, new Date(at)]));
    },

    nodeMetrics: async (address) => readMetrics(await ask('nodeMetrics', { address })),
    clusterMetrics: async (clusterId) => readMetrics(await ask('clusterMetrics', { clusterId })),

    setLoad: async (clusterId, load) => readLoad(await ask('setLoad', { clusterId, load })),
    load: async (clusterId) => readLoad(await ask('load', { clusterId })),
    memberStatus: (address, timeoutMs) => ask('memberStatus', { address, timeoutMs }, timeoutMs + ASK_MS_MAX),
    vipHolders: (vip) => ask('vipHolders', { vip }),
  };
};

const readMetrics = (metrics: AgentMethods['nodeMetrics']['result']): NodeTrafficMetrics => ({
  ...metrics,
  at: new Date(metrics.at),
});

const readFailures = (failures: AgentMethods['load']['result']['failures']): readonly FailedRequest[] =>
  failures.map((failure) => ({ ...failure, at: new Date(failure.at) }));

const readLoad = (status: AgentMethods['load']['result']): LoadStatus => ({
  ...status,
  failures: readFailures(status.failures),
  startedAt: status.startedAt === null ? null : new Date(status.startedAt),
});
