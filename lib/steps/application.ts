import { counted } from '@/lib/domain/counted';
import { HypervisorError, type VmPriority } from '@/lib/hypervisors/types';
import { fromSpecJson } from '@/lib/usecases/workloads/view';
import { clusterIdOf, getCluster, getVm, isUnreachable, type Step, type StepContext, seconds } from './context';
import { ensureFenced, findEvidence } from './fence';
import { type Life, whereItRuns } from './where-it-runs';

const STOP_DEADLINE_MS = 20_000;
const START_DEADLINE_MS = 40_000;

/** Those that clients are led to; one that only joins has none. */
const servingIn = (context: StepContext, clusterId: string) =>
  context.db.node.findMany({
    where: { clusterId, installedAt: { not: null }, state: { in: ['active', 'draining'] } },
  });

/** A VM that does not run has nothing to go before. */
const prefer = async (context: StepContext, vmId: string, priority: VmPriority): Promise<void> => {
  try {
    await context.hypervisor.setPriority(vmId, priority);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
  }
};

/** A hold lapses by itself in the guests; a member that is gone holds nothing. */
const setHeld = async (
  context: StepContext,
  nodes: readonly { readonly vmId: string }[],
  held: boolean,
  healthyNode?: string,
): Promise<number> => {
  const outcomes = await Promise.allSettled(
    nodes.map((node) => context.clustering.ensureRequestsHeld(node.vmId, held, healthyNode)),
  );
  const reached = outcomes.filter((outcome) => outcome.status === 'fulfilled').length;
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (reached === 0 && failure !== undefined) throw failure.reason;
  return reached;
};

export const holdRequests: Step<'holdRequests'> = {
  ensure: async ({ context }, { clusterId }) =>
    `New requests wait at ${counted(await setHeld(context, await servingIn(context, clusterId), true), 'node')}`,
  undo: async ({ context }, { clusterId }) => {
    await setHeld(context, await servingIn(context, clusterId), false);
  },
};

export const releaseRequests: Step<'releaseRequests'> = {
  ensure: async ({ context }, { clusterId }) => {
    const [nodes, running] = await Promise.all([
      servingIn(context, clusterId),
      context.db.node.findFirst({
        where: { clusterId, runsApplication: true, state: { in: ['joining', 'active', 'draining'] } },
        include: { vm: true },
      }),
    ]);
    const reached = await setHeld(context, nodes, false, running?.vm.name);
    if (running !== null) await prefer(context, running.vmId, 'serving');
    return `Requests go on at ${counted(reached, 'node')}`;
  },
  undo: async () => undefined,
};

/** Nobody asks the guest of a VM whose host does not answer and that is proven not to act: clients wait meanwhile. */
const lifeOf = (context: StepContext, vmId: string) => async (): Promise<Life> => {
  const vm = await context.hypervisor.findVm(vmId);
  if (vm === null || vm.state === 'stopped' || vm.state === 'crashed') return 'ended';
  if (vm.state === 'running') return 'runs';
  return (await findEvidence(context, vmId)) === null ? 'unknown' : 'ended';
};

const mountPathOf = async (context: StepContext, vmId: string): Promise<string | null> => {
  const { workload } = await getCluster(context, clusterIdOf(await getVm(context, vmId)));
  return fromSpecJson(workload.spec).volume?.mountPath ?? null;
};

export const stopApplication: Step<'stopApplication'> = {
  /**
   * Where the guest cannot be asked, the VM is fenced: its application must not act once another has its volume. Members
   * are told of the other one when it starts: until then requests wait for this one, where nobody would mean a refusal.
   */
  ensure: async ({ context }, { vmId }) => {
    const elapsedMs = context.clock.stopwatch();
    const stops = whereItRuns(lifeOf(context, vmId), () =>
      context.clustering.ensureApplicationStopped(vmId, { deadlineMs: STOP_DEADLINE_MS, unmounts: true }),
    );
    if (await stops) return `Stopped after ${seconds(elapsedMs())}, with what it had accepted done`;
    const evidence = await ensureFenced(context, vmId);
    return `Fenced: ${evidence.detail}`;
  },
  undo: async (run, { vmId }) => {
    const { context } = run;
    const [volume, mountPath] = await Promise.all([
      context.db.volume.findFirst({ where: { attachedVmId: vmId, destroyedAt: null } }),
      mountPathOf(context, vmId),
    ]);
    if (volume !== null && mountPath !== null) {
      await context.clustering.ensureVolumeMounted(vmId, volume.id, mountPath);
    }
    await startApplication.ensure(run, { vmId });
  },
};

export const startApplication: Step<'startApplication'> = {
  ensure: async ({ context }, { vmId }) => {
    const elapsedMs = context.clock.stopwatch();
    const clusterId = clusterIdOf(await getVm(context, vmId));
    // Clients wait: members find the application by their checks, and are told with what changes next. One statement, and
    // so never nobody and never two.
    await Promise.all([
      context.db.$executeRaw`update "Node" set "runsApplication" = ("vmId" = ${vmId}) where "clusterId" = ${clusterId}`,
      context.clustering.ensureApplicationStarted(vmId, { deadlineMs: START_DEADLINE_MS }),
    ]);
    return `Healthy after ${seconds(elapsedMs())}`;
  },
  undo: async ({ context }, { vmId }) => {
    await whereItRuns(lifeOf(context, vmId), () =>
      context.clustering.ensureApplicationStopped(vmId, { deadlineMs: STOP_DEADLINE_MS }),
    );
    await context.db.node.updateMany({ where: { vmId }, data: { runsApplication: false } });
  },
};

export const restartApplication: Step<'restartApplication'> = {
  /** Repeated after a crash it restarts once more, which nobody minds who waits or is led elsewhere. */
  ensure: async ({ context }, { vmId }) => {
    const elapsedMs = context.clock.stopwatch();
    await context.clustering.ensureApplicationStopped(vmId, { deadlineMs: STOP_DEADLINE_MS });
    await context.clustering.ensureApplicationStarted(vmId, { deadlineMs: START_DEADLINE_MS });
    return `Healthy again after ${seconds(elapsedMs())}`;
  },
  undo: async ({ context }, { vmId }) => {
    await whereItRuns(lifeOf(context, vmId), () =>
      context.clustering.ensureApplicationStarted(vmId, { deadlineMs: START_DEADLINE_MS }),
    );
  },
};

export const attachVolume: Step<'attachVolume'> = {
  ensure: async ({ context }, { vmId, volumeId }) => {
    const elapsedMs = context.clock.stopwatch();
    // Clients wait for it until their requests go on, or it is given traffic.
    const [mountPath] = await Promise.all([
      mountPathOf(context, vmId),
      context.hypervisor.attachVolume(vmId, volumeId),
      prefer(context, vmId, 'awaited'),
    ]);
    await Promise.all([
      context.db.volume.update({ where: { id: volumeId }, data: { attachedVmId: vmId } }),
      mountPath === null ? null : context.clustering.ensureVolumeMounted(vmId, volumeId, mountPath),
    ]);
    return `Mounted after ${seconds(elapsedMs())}`;
  },
  undo: async (run, args) => {
    await detachVolume.ensure(run, args);
  },
};

/** From a VM whose host does not answer it is taken, once it is proven that the VM cannot act. */
const detach = async (context: StepContext, vmId: string, volumeId: string): Promise<void> => {
  try {
    await context.hypervisor.detachVolume(vmId, volumeId);
  } catch (error) {
    if (!(error instanceof HypervisorError) || error.code !== 'unreachable') throw error;
    await context.hypervisor.seizeVolume(vmId, volumeId, await ensureFenced(context, vmId));
  }
};

export const detachVolume: Step<'detachVolume'> = {
  ensure: async ({ context }, { vmId, volumeId }) => {
    const mountPath = await mountPathOf(context, vmId);
    if (mountPath !== null)
      await whereItRuns(lifeOf(context, vmId), () => context.clustering.ensureVolumeUnmounted(vmId, mountPath));
    await detach(context, vmId, volumeId);
    await context.db.volume.updateMany({ where: { id: volumeId, attachedVmId: vmId }, data: { attachedVmId: null } });
    return 'Unmounted and detached';
  },
  undo: async (run, args) => {
    await attachVolume.ensure(run, args);
  },
};

export const createVolume: Step<'createVolume'> = {
  ensure: async ({ context, operationId }, { volumeId, sizeGiB }) => {
    const { clusterId } = await context.db.operation.findUniqueOrThrow({ where: { id: operationId } });
    await context.db.volume.upsert({
      where: { id: volumeId },
      update: {},
      create: { id: volumeId, clusterId, sizeGiB, createdAt: context.clock.now() },
    });
    await context.hypervisor.createVolume({ id: volumeId, sizeGiB });
    return `${sizeGiB} GiB`;
  },
  undo: async (run, { volumeId }) => {
    await destroyVolume.ensure(run, { volumeId });
  },
};

export const destroyVolume: Step<'destroyVolume'> = {
  ensure: async ({ context }, { volumeId }) => {
    await context.hypervisor.destroyVolume(volumeId);
    await context.db.volume.updateMany({
      where: { id: volumeId, destroyedAt: null },
      data: { destroyedAt: context.clock.now(), attachedVmId: null },
    });
    return 'Its data are gone';
  },
  undo: async () => {
    throw new Error('data that were destroyed do not come back');
  },
};
