import { systemClock } from '@/lib/clock';
import { HypervisorError } from '@/lib/hypervisors/types';
import type { LoadSpec, ProbeAnswer, PublishedTarget, Traffic } from '@/lib/traffic/types';
import { type Answer, answerAt } from './answers';
import { meterUntil } from './cluster-time';
import { isHolder } from './election';
import { Gateway } from './gateway';
import { loadStatus } from './load';
import { clientsReach } from './network';
import { NodeFigures } from './node-figures';
import { firstAnswers, probeSummary } from './receipt';
import { TIMED_OUT } from './request-failure';
import type { LoadRun, SimCluster } from './state';
import type { World } from './world';

const DEFAULT_TIMEOUT_MS = 2_000;

export interface SimulatedTrafficOptions {
  /** Whether clusters are served at their ports of this machine; only where the world runs in real time. */
  readonly gateways?: boolean;
}

/**
 * The clients of a simulated world. Prober and load generator are worked out from what happened to the clusters, so they
 * go on while no process runs; the gateways are open from `start` to `stop`.
 */
export const createSimulatedTraffic = (world: World, options: SimulatedTrafficOptions = {}): Traffic => {
  const hasGateways = options.gateways ?? world.clock === systemClock;
  const gateways = new Map<string, Gateway>();
  const figures = new NodeFigures(world);

  const getPublished = (clusterId: string): SimCluster => {
    const cluster = world.findCluster(clusterId);
    if (cluster?.published == null)
      throw new HypervisorError('not_found', `The cluster ${clusterId} is not published.`);
    return cluster;
  };

  const probe = async (clusterId: string, timeoutMs: number): Promise<ProbeAnswer> => {
    const sentMs = world.nowMs();
    for (;;) {
      const cluster = getPublished(clusterId);
      const nowMs = world.nowMs();
      const answer = answerAt(world.state.seed, cluster, sentMs, nowMs, timeoutMs);
      if (answer !== null) return await finish(world, sentMs, answer, timeoutMs);
      await world.clock.sleep(Math.min(POLL_MS, Math.max(1, sentMs + timeoutMs - nowMs)));
    }
  };

  const openGateway = async (target: PublishedTarget): Promise<void> => {
    if (!hasGateways || gateways.get(target.clusterId)?.port === target.gatewayPort) return;
    await closeGateway(target.clusterId);
    const gateway = new Gateway(target.gatewayPort, (path) =>
      world.perform('probe', `${target.clusterId}${path}`, 0, () => probe(target.clusterId, DEFAULT_TIMEOUT_MS)),
    );
    try {
      await gateway.listen();
    } catch (cause) {
      throw new HypervisorError('failed', `127.0.0.1:${target.gatewayPort} cannot be listened on.`, { cause });
    }
    gateways.set(target.clusterId, gateway);
  };

  const closeGateway = async (clusterId: string): Promise<void> => {
    const gateway = gateways.get(clusterId);
    gateways.delete(clusterId);
    await gateway?.close();
  };

  const closeAll = async (): Promise<void> => {
    await Promise.all([...gateways.keys()].map(closeGateway));
  };

  const listPublished = (): readonly PublishedTarget[] =>
    [...world.state.clusters.values()].flatMap(({ published }) => (published === null ? [] : [targetOf(published)]));

  return {
    start: async () => {
      await world.open();
      for (const target of listPublished()) await openGateway(target);
    },
    stop: async () => {
      await closeAll();
      await world.save();
    },
    tearDown: async () => {
      await world.open();
      await closeAll();
      for (const { clusterId } of listPublished()) unpublish(world, clusterId);
      await world.save();
    },

    ensurePublished: (target) =>
      world.perform('publish', target.clusterId, 0, async () => {
        await openGateway(target);
        world.changeCluster(target.clusterId, 'lost', () => {
          const cluster = world.cluster(target.clusterId);
          cluster.published = { ...target, sinceMs: cluster.published?.sinceMs ?? world.nowMs() };
        });
      }),
    ensureUnpublished: (clusterId) =>
      world.perform('unpublish', clusterId, 0, async () => {
        await closeGateway(clusterId);
        unpublish(world, clusterId);
      }),
    listPublished: async () => {
      await world.open();
      return listPublished();
    },

    receipt: async (clusterId, from, to) => {
      await world.open();
      const cluster = getPublished(clusterId);
      return probeSummary(world.state.seed, cluster, from.getTime(), to.getTime(), world.nowMs());
    },
    probeOnce: (clusterId, { timeoutMs = DEFAULT_TIMEOUT_MS } = {}) =>
      world.perform('probe', clusterId, 0, () => probe(clusterId, timeoutMs)),
    answeredSince: async (clusterId, since) => {
      await world.open();
      return firstAnswers(world.state.seed, getPublished(clusterId), since.getTime(), world.nowMs());
    },

    nodeMetrics: async (address) => {
      await world.open();
      return figures.ofNode(address);
    },
    clusterMetrics: async (clusterId) => {
      await world.open();
      return figures.ofCluster(clusterId);
    },

    setLoad: async (clusterId, spec) => {
      await world.open();
      const status = setLoad(world, getPublished(clusterId), spec);
      await world.save();
      return status;
    },
    load: async (clusterId) => {
      await world.open();
      const scope = world.scope(getPublished(clusterId).id);
      meterUntil(scope, world.nowMs());
      return loadStatus(scope.cluster.load);
    },
    vipHolders: async (vip) => {
      await world.open();
      return holdersOf(world, vip);
    },
  };
};

/** How often a request that waits asks whether it is answered: the world tells nobody when it changes. */
const POLL_MS = 10;

const finish = async (world: World, sentMs: number, answer: Answer, timeoutMs: number): Promise<ProbeAnswer> => {
  const { answeredAtMs } = answer;
  if (answeredAtMs === null || answeredAtMs - sentMs > timeoutMs) {
    const { status, node: servedBy, error } = answer.failure ?? TIMED_OUT;
    return { ok: false, status, servedBy, latencyMs: world.nowMs() - sentMs, error };
  }
  const { servedBy } = answer;
  const leftMs = answeredAtMs - world.nowMs();
  if (leftMs > 0) await world.clock.sleep(leftMs);
  return { ok: true, status: 200, servedBy, latencyMs: answeredAtMs - sentMs, error: null };
};

const targetOf = ({ clusterId, vip, servicePort, probePath, gatewayPort }: PublishedTarget): PublishedTarget => ({
  clusterId,
  vip,
  servicePort,
  probePath,
  gatewayPort,
});

const unpublish = (world: World, clusterId: string): void => {
  if (world.findCluster(clusterId) === null) return;
  world.changeCluster(clusterId, 'lost', () => {
    const cluster = world.cluster(clusterId);
    cluster.published = null;
    cluster.load = null;
  });
  world.forgetIfEmpty(clusterId);
};

const newRun = (spec: LoadSpec, nowMs: number): LoadRun => ({
  spec,
  startedAtMs: nowMs,
  countedMs: nowMs,
  endedAtMs: null,
  sent: 0,
  failed: 0,
  brokenStreams: 0,
  completedStreams: 0,
  longestGapMs: 0,
  unansweredSinceMs: null,
});

/** A changed rate goes on counting; a load that is set after one was stopped counts from zero. */
const setLoad = (world: World, cluster: SimCluster, spec: LoadSpec) =>
  world.changeCluster(cluster.id, 'lost', () => {
    const nowMs = world.nowMs();
    const isOff = spec.requestsPerSecond <= 0 && spec.slowStreams <= 0;
    const isRunning = cluster.load !== null && cluster.load.endedAtMs === null;
    if (isRunning && cluster.load !== null) {
      if (isOff) cluster.load.endedAtMs = nowMs;
      else cluster.load.spec = spec;
    } else if (!isOff) {
      cluster.load = newRun(spec, nowMs);
    }
    return loadStatus(cluster.load);
  });

const holdersOf = (world: World, vip: string): readonly string[] => {
  const macs: string[] = [];
  for (const clusterId of [...world.state.clusters.keys()]) {
    const { state, vmIds } = world.scope(clusterId);
    for (const vmId of vmIds) {
      const vm = state.vms.get(vmId);
      const { member } = vm ?? {};
      if (vm === undefined || member == null || member.view.vip !== vip) continue;
      if (isHolder({ ...vm, member }) && clientsReach(state, vm)) macs.push(vm.nic.mac);
    }
  }
  return macs;
};
