import { createHash } from 'node:crypto';
import { describeShape } from '@/lib/domain/shape';
import { HypervisorError } from '@/lib/hypervisors/types';
import type { Transaction } from '@/lib/usecases/context';
import { takeLock } from '@/lib/usecases/locks';
import { fromSpecJson } from '@/lib/usecases/workloads/view';
import { nextAddress } from './addresses';
import { clusterIdOf, getCluster, getVm, type Step, type StepContext, seconds, shapeOf, tell } from './context';
import { ensureFenced } from './fence';
import { changeMembers, configureMembers, loadClusterView } from './view';

const PREFIX_LENGTH = 16;
const BOOT_DEADLINE_MS = 110_000;
const PRIORITY_MIN = 100;
const PRIORITY_MAX = 250;

const findFreeAddress = async (tx: Transaction): Promise<string> => {
  const live = await tx.vm.findMany({ where: { state: { not: 'released' } }, select: { address: true } });
  const last = await tx.vm.findFirst({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { address: true } });
  const address = nextAddress(new Set(live.map((vm) => vm.address)), last?.address ?? null);
  if (address === null) throw new HypervisorError('no_capacity', 'All addresses of the lab are taken.');
  return address;
};

/** Locally administered and unicast: the second hexadecimal digit is 2. The same VM always has the same. */
export const macOf = (vmId: string): string => {
  const bytes = createHash('sha256').update(`mac ${vmId}`).digest().subarray(0, 5);
  return ['02', ...Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))].join(':');
};

export const reserve: Step<'reserve'> = {
  ensure: async ({ context, operationId }, args) => {
    const known = await context.db.vm.findUnique({ where: { id: args.vmId } });
    if (known !== null) return `${known.address} on ${args.hostId}`;
    const operation = await context.db.operation.findUniqueOrThrow({ where: { id: operationId } });
    const vm = await context.db.$transaction(async (tx) => {
      await takeLock(tx, 'allocation');
      return tx.vm.create({
        data: {
          id: args.vmId,
          name: args.name,
          clusterId: operation.clusterId,
          hostId: args.hostId,
          role: args.role,
          state: 'reserved',
          ...args.shape,
          imageKey: args.imageKey,
          address: await findFreeAddress(tx),
          mac: macOf(args.vmId),
          createdAt: context.clock.now(),
          createdByOperationId: operationId,
        },
      });
    });
    return `${describeShape(args.shape)} on ${args.hostId}, address ${vm.address}`;
  },
  undo: async ({ context, operationId }, { vmId }) => {
    await context.db.vm.updateMany({
      where: { id: vmId, state: { not: 'released' } },
      data: { state: 'released', releasedAt: context.clock.now(), releasedByOperationId: operationId },
    });
  },
};

export const create: Step<'create'> = {
  ensure: async ({ context, progress }, { vmId }) => {
    const vm = await getVm(context, vmId);
    const { workload } = await getCluster(context, clusterIdOf(vm));
    let said = '';
    const imageKey = await context.hypervisor.ensureImage(
      { packages: fromSpecJson(workload.spec).packages },
      (message) => {
        // An image that is there says so at once; one that has to be built takes minutes.
        if (message !== said) void progress(message).catch(() => undefined);
        said = message;
      },
    );
    const facts = await context.hypervisor.createVm({
      id: vm.id,
      name: vm.name,
      hostId: vm.hostId,
      shape: shapeOf(vm),
      imageKey,
      nic: { mac: vm.mac, address: vm.address, prefixLength: PREFIX_LENGTH },
    });
    await context.db.vm.update({ where: { id: vmId }, data: { state: 'creating', accelerator: facts.accelerator } });
    return `Defined on ${facts.hostId}, image ${imageKey}`;
  },
  undo: async ({ context }, { vmId }) => {
    await unlessFenced(context, vmId, () => context.hypervisor.destroyVm(vmId));
  },
};

/** Where the host cannot be asked, proof that the VM acts no more will do: what is left of it goes when the host is back. */
const unlessFenced = async (context: StepContext, vmId: string, act: () => Promise<unknown>): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof HypervisorError) || error.code !== 'unreachable') throw error;
    await ensureFenced(context, vmId);
  }
};

export const boot: Step<'boot'> = {
  ensure: async ({ context }, { vmId }) => {
    const elapsedMs = context.clock.stopwatch();
    const facts = await context.hypervisor.startVm(vmId, { deadlineMs: BOOT_DEADLINE_MS, priority: 'standby' });
    const { name, clusterId } = await context.db.vm.update({
      where: { id: vmId },
      data: {
        state: 'running',
        accelerator: facts.accelerator,
        startedAt: facts.startedAt,
        endedAt: null,
        startedFrom: facts.startedFrom,
        bootRetries: facts.bootRetries,
      },
    });
    await tell(context, [{ kind: 'host', clusterId, payload: { host: facts.hostId, vm: name } }]);
    const how = facts.startedFrom === 'snapshot' ? 'restored from the golden snapshot' : 'booted cold';
    const retries = facts.bootRetries === 0 ? '' : `, after ${facts.bootRetries} failed boots`;
    return `Its guest answers after ${seconds(elapsedMs())}, ${how}${retries}`;
  },
  undo: async ({ context }, { vmId }) => {
    const vm = await context.hypervisor.findVm(vmId);
    if (vm === null) return;
    await unlessFenced(context, vmId, async () => {
      const { endedAt } = await context.hypervisor.killVm(vmId);
      await context.db.vm.updateMany({
        where: { id: vmId, startedAt: { not: null } },
        data: { state: 'stopped', endedAt },
      });
    });
  },
};

const HAND_OVER_MS = 5_000;

/** It may hold the VIP by now: then it hands it over, where one that is just ended would be missed first. */
const handOver = async (context: StepContext, vmId: string): Promise<void> => {
  context.views.forget([vmId]);
  const late = new AbortController();
  const asked = context.clustering.ensureLeft(vmId).catch(() => undefined);
  await Promise.race([asked, context.clock.sleep(HAND_OVER_MS, late.signal).catch(() => undefined)]);
  late.abort();
};

/** Now, or a moment after the last one: which node joined first is never in doubt. */
const after = (last: Date | null, now: Date): Date =>
  last === null || now > last ? now : new Date(last.getTime() + 1);

/** A later node stands before an earlier one, so that the VIP of one that goes finds one that stays. */
const nextPriority = (members: readonly { readonly priority: number }[]): number => {
  const highest = Math.max(PRIORITY_MIN - 1, ...members.map((member) => member.priority));
  return highest < PRIORITY_MAX ? highest + 1 : PRIORITY_MIN;
};

export const join: Step<'join'> = {
  /** Those that are there are told of a newcomer before it answers, while it boots: to them it is one that is down. */
  ensure: async ({ context }, { vmId }) => {
    const vm = await getVm(context, vmId);
    const clusterId = clusterIdOf(vm);
    const { workload } = await getCluster(context, clusterId);
    const isStateful = fromSpecJson(workload.spec).volume !== null;
    await context.db.$transaction(async (tx) => {
      await takeLock(tx, 'allocation');
      const { members } = await loadClusterView(tx, clusterId);
      const last = await tx.node.aggregate({ where: { clusterId }, _max: { joinedAt: true } });
      await tx.node.upsert({
        where: { vmId },
        update: {},
        create: {
          vmId,
          clusterId,
          state: 'joining',
          weight: 0,
          priority: nextPriority(members),
          runsApplication: !isStateful,
          joinedAt: after(last._max.joinedAt, context.clock.now()),
        },
      });
    });
    await tell(context, [{ kind: 'node', clusterId, payload: { vmId, state: 'joining' } }]);
    const told = await configureMembers(context, clusterId);
    return told.length === 0 ? `${vm.name} is the first` : `${told.join(', ')} know of it`;
  },
  undo: async ({ context }, { vmId }) => {
    const vm = await context.db.vm.findUnique({ where: { id: vmId } });
    if (vm?.clusterId == null) return;
    await changeMembers(context, vm.clusterId, () => context.db.node.deleteMany({ where: { vmId } }), {
      tolerant: true,
    });
  },
};

/** It may get the cluster's data later, while clients wait. One that is being made is given to its first VM at leisure. */
const prepareVolumes = async (context: StepContext, clusterId: string, vmId: string): Promise<void> => {
  const volumes = await context.db.volume.findMany({ where: { clusterId, destroyedAt: null } });
  for (const { id } of volumes) {
    await context.hypervisor.prepareVolume(vmId, id).catch((error: unknown) => {
      if (!(error instanceof HypervisorError) || error.code !== 'not_found') throw error;
    });
  }
};

export const install: Step<'install'> = {
  ensure: async ({ context }, { vmId }) => {
    const clusterId = clusterIdOf(await getVm(context, vmId));
    const view = await loadClusterView(context.db, clusterId);
    await context.clustering.ensureInstalled(vmId, view);
    context.views.note(vmId, JSON.stringify(view));
    await prepareVolumes(context, clusterId, vmId);
    await context.db.node.update({ where: { vmId }, data: { installedAt: context.clock.now() } });
    // Somebody may have joined since.
    await configureMembers(context, clusterId);
    await tell(context, [{ kind: 'node', clusterId, payload: { vmId, state: 'joining' } }]);
    return 'keepalived, HAProxy and the workload run';
  },
  undo: async ({ context }, { vmId }) => {
    await context.db.node.updateMany({ where: { vmId }, data: { installedAt: null } });
    await handOver(context, vmId);
  },
};
