import { counted } from '@/lib/domain/counted';
import { HypervisorError } from '@/lib/hypervisors/types';
import {
  clusterIdOf,
  getCluster,
  getVm,
  isUnreachable,
  type Step,
  type StepContext,
  seconds,
  tell,
  until,
} from './context';
import { judgeHeir } from './heir';
import { publishedTargetOf } from './published-target';
import { changeMembers, loadClusterView } from './view';
import { assertOthersWork, isWorking, works } from './working';

/** How long requests in progress may take to end when a new node is taken back. */
const UNDO_DRAIN_MS = 10_000;

export const healthy: Step<'healthy'> = {
  ensure: async ({ context, signal }, { vmId }) => {
    const elapsedMs = context.clock.stopwatch();
    const node = await context.db.node.findUniqueOrThrow({ where: { vmId } });
    await until(context, signal, async () => {
      const status = await context.clustering.status(vmId);
      if (!isWorking(node, status)) return null;
      await context.db.node.update({
        where: { vmId },
        data: {
          healthy: true,
          holdsVip: status.holdsVip,
          vrrpState: status.vrrp,
          connections: status.connections,
          observedAt: context.clock.now(),
        },
      });
      return status;
    });
    return `Healthy after ${seconds(elapsedMs())}`;
  },
  undo: async () => undefined,
};

export const activate: Step<'activate'> = {
  ensure: async ({ context }, { vmId }) => {
    const clusterId = clusterIdOf(await getVm(context, vmId));
    await context.hypervisor.setPriority(vmId, 'serving');
    const told = await changeMembers(context, clusterId, () =>
      context.db.node.update({ where: { vmId }, data: { state: 'active', weight: 1 } }),
    );
    await tell(context, [{ kind: 'node', clusterId, payload: { vmId, state: 'active' } }]);
    return `Takes requests; ${told.join(', ')} know`;
  },
  /** Requests that it has are finished: the VM may be ended next. */
  undo: async ({ context, signal }, { vmId }) => {
    const vm = await context.db.vm.findUnique({ where: { id: vmId } });
    if (vm?.clusterId == null) return;
    await changeMembers(
      context,
      vm.clusterId,
      () => context.db.node.updateMany({ where: { vmId }, data: { state: 'draining', weight: 0 } }),
      { tolerant: true },
    );
    const elapsedMs = context.clock.stopwatch();
    await until(context, signal, async () => {
      const isOver = elapsedMs() >= UNDO_DRAIN_MS;
      return isOver || (await countConnections(context, vmId)) === 0 ? true : null;
    });
  },
};

export const verify: Step<'verify'> = {
  /** Only answers since this step began count: an earlier one would prove nothing about now. */
  ensure: async ({ context, signal }, { vmId }) => {
    const vm = await getVm(context, vmId);
    const clusterId = clusterIdOf(vm);
    const node = await context.db.node.findUniqueOrThrow({ where: { vmId } });
    const since = context.clock.now();
    const [name, at] = await until(context, signal, async () => {
      const answers = [...(await context.traffic.answeredSince(clusterId, since))];
      return answers.find(([who]) => !node.runsApplication || who === vm.name) ?? null;
    });
    const took = seconds(at.getTime() - since.getTime());
    if (node.runsApplication) return `${name} answered through the VIP after ${took}`;
    // Where one node runs the application the others answer by handing requests to it.
    if (!(await works(context, node))) throw new HypervisorError('guest_failed', `${vm.name} is not healthy.`);
    return `${name} answered through the VIP after ${took}; ${vm.name} stands by`;
  },
  undo: async () => undefined,
};

/** The members that hold the VIP, as they say themselves. Those that cannot be asked say nothing. */
const findHolders = async (context: StepContext, clusterId: string, except: string): Promise<readonly string[]> => {
  const nodes = await context.db.node.findMany({
    where: { clusterId, installedAt: { not: null }, state: { in: ['joining', 'active', 'draining'] } },
    include: { vm: true },
  });
  const holders = await Promise.all(
    nodes
      .filter((node) => node.vmId !== except)
      .map(async (node) => {
        const status = await context.clustering.status(node.vmId).catch(() => null);
        return status?.holdsVip ? node.vm.name : null;
      }),
  );
  return holders.filter((name) => name !== null);
};

export const drain: Step<'drain'> = {
  /** Connections that were there may end by themselves; what is left at the time limit is cut, and counted. */
  ensure: async ({ context, signal, progress }, { vmId, timeoutMs }) => {
    const elapsedMs = context.clock.stopwatch();
    const vm = await getVm(context, vmId);
    const clusterId = clusterIdOf(vm);
    await assertOthersWork(context, vmId);
    await changeMembers(context, clusterId, () =>
      context.db.node.updateMany({ where: { vmId, state: { not: 'left' } }, data: { state: 'draining', weight: 0 } }),
    );
    await tell(context, [{ kind: 'node', clusterId, payload: { vmId, state: 'draining' } }]);
    let shown = -1;
    const left = await until(context, signal, async () => {
      const connections = await countConnections(context, vmId);
      if (connections === 0) return 0;
      if (elapsedMs() >= timeoutMs) return connections;
      if (connections !== shown) await progress(`${connections} connections are still open`);
      shown = connections;
      return null;
    });
    const took = seconds(elapsedMs());
    return left === 0
      ? `All connections ended within ${took}`
      : `${counted(left, 'connection is', 'connections are')} cut after ${took}`;
  },
  undo: async ({ context }, { vmId }) => {
    const vm = await context.db.vm.findUnique({ where: { id: vmId } });
    if (vm?.clusterId == null) return;
    await changeMembers(context, vm.clusterId, () =>
      context.db.node.updateMany({ where: { vmId, state: 'draining' }, data: { state: 'active', weight: 1 } }),
    );
  },
};

/** A node that cannot be asked has no connections that could be waited for. */
const countConnections = async (context: StepContext, vmId: string): Promise<number> => {
  try {
    return (await context.clustering.status(vmId)).connections;
  } catch (error) {
    if (isUnreachable(error)) return 0;
    throw error;
  }
};

/** How long the heir alone may take the VIP over. It takes some 0.1 s; a busy one three times as long. */
const HEIR_MS = 2_000;

/** How long the heir may take until it stands for the VIP and leads alike. A new one stands when its director runs. */
const HEIR_READY_MS = 20_000;

const untilHeirIsReady = (
  context: StepContext,
  signal: AbortSignal,
  { fromVmId, toVmId }: { fromVmId: string; toVmId: string },
): Promise<boolean> => {
  const elapsedMs = context.clock.stopwatch();
  const ask = (vmId: string) => context.clustering.status(vmId).catch(() => null);
  return until(context, signal, async () => {
    const [holder, heir] = await Promise.all([ask(fromVmId), ask(toVmId)]);
    return judgeHeir(holder, heir, elapsedMs() >= HEIR_READY_MS);
  });
};

/**
 * Only the heir stands for the VIP meanwhile, if it is ready. All stand nearly equal: two would take it at once, both tell
 * the network so, and clients be led to the lesser one until it gives way.
 */
const withoutRivals = async <T>(
  context: StepContext,
  { clusterId, fromVmId, toVmId, isReady }: { clusterId: string; fromVmId: string; toVmId: string; isReady: boolean },
  act: () => Promise<T>,
): Promise<T> => {
  const rivals = isReady
    ? await context.db.node.findMany({
        where: { clusterId, state: 'active', installedAt: { not: null }, vmId: { notIn: [fromVmId, toVmId] } },
      })
    : [];
  try {
    await Promise.allSettled(rivals.map(({ vmId }) => context.clustering.yieldVip(vmId)));
    return await act();
  } finally {
    const view = await loadClusterView(context.db, clusterId);
    await Promise.allSettled(rivals.map(({ vmId }) => context.clustering.ensureStanding(vmId, view)));
  }
};

export const moveVip: Step<'moveVip'> = {
  ensure: async (run, { fromVmId, toVmId }) => {
    const { context, signal } = run;
    const from = await getVm(context, fromVmId);
    const clusterId = clusterIdOf(from);
    const status = await context.clustering.status(fromVmId).catch((error: unknown) => {
      if (isUnreachable(error)) return null;
      throw error;
    });
    if (status?.holdsVip !== true) {
      const holders = await until(context, signal, async () => {
        const found = await findHolders(context, clusterId, fromVmId);
        return found.length > 0 ? found : null;
      });
      return `${holders.join(', ')} holds it`;
    }
    const isReady = await untilHeirIsReady(context, signal, { fromVmId, toVmId });
    const elapsedMs = context.clock.stopwatch();
    const holders = await withoutRivals(context, { clusterId, fromVmId, toVmId, isReady }, async () => {
      await context.clustering.yieldVip(fromVmId);
      return until(context, signal, async () => {
        const found = await findHolders(context, clusterId, fromVmId);
        const isLate = elapsedMs() > HEIR_MS;
        return found.length > 0 ? found : isLate ? [] : null;
      });
    });
    if (holders.length === 0) return moveVip.ensure(run, { fromVmId, toVmId });
    await tell(context, [{ kind: 'node', clusterId, payload: { vmId: fromVmId, vip: 'given' } }]);
    return `${holders.join(', ')} took it over within ${seconds(elapsedMs())}`;
  },
  undo: async ({ context }, { fromVmId }) => {
    const vm = await context.db.vm.findUnique({ where: { id: fromVmId } });
    if (vm?.clusterId == null) return;
    await context.clustering.ensureStanding(fromVmId, await loadClusterView(context.db, vm.clusterId));
  },
};

export const publish: Step<'publish'> = {
  ensure: async ({ context }, { clusterId }) => {
    const cluster = await getCluster(context, clusterId);
    await context.traffic.ensurePublished(publishedTargetOf(cluster));
    return `${cluster.vip} is reached at 127.0.0.1:${cluster.gatewayPort}`;
  },
  undo: ({ context }, { clusterId }) => context.traffic.ensureUnpublished(clusterId),
};

export const unpublish: Step<'unpublish'> = {
  ensure: async ({ context }, { clusterId }) => {
    await context.traffic.ensureUnpublished(clusterId);
    return 'Clients reach it no more';
  },
  undo: async (run, args) => {
    await publish.ensure(run, args);
  },
};
