import { connectionsAt } from '@/lib/sim/cluster-time';
import type { CallKind } from '@/lib/sim/faults';
import { memoryUsedMiB, meterVm } from '@/lib/sim/figures';
import { endVm } from '@/lib/sim/processes';
import type { SimVm } from '@/lib/sim/state';
import type { World } from '@/lib/sim/world';
import { type Hypervisor, HypervisorError, type VmFacts, type VmStatistics } from '../types';
import { SimulatedConsoles } from './console';
import { hostFacts, imageKeyOf, isReachable, vmFacts, volumeFacts } from './facts';
import { fenceSimulatedHost, fenceSimulatedVm } from './fencing';
import { openGuest } from './guest';
import { awaitStart, beginStart, defineVm } from './lifecycle';
import { createSimulatedRehearsal } from './rehearsal';
import { attachSimulatedVolume, createSimulatedVolume, destroySimulatedVolume, detachSimulatedVolume } from './volumes';

/** Resident memory of a VM's process beyond what its guest uses, as measured (290 MB for an idle guest). */
const OVERHEAD_MIB = 170;

/** The hypervisor of a simulated world. Drivers over the same world, or the same stored world, find the same VMs. */
export const createSimulatedHypervisor = (world: World): Hypervisor => {
  const { durations } = world;
  const consoles = new SimulatedConsoles();
  const factsOf = (vm: SimVm): VmFacts => vmFacts(vm, world.getHost(vm.hostId));

  /** A call about a VM, once its host has answered. Throws `unreachable` when the host does not. */
  const onVm = <T>(kind: CallKind, vmId: string, tookMs: number, act: (vm: SimVm) => T | Promise<T>): Promise<T> =>
    world.perform(kind, vmId, tookMs, async () => {
      const vm = world.getVm(vmId);
      await answerOf(vm.hostId);
      return act(vm);
    });

  const answerOf = async (hostId: string): Promise<void> => {
    if (isReachable(world.getHost(hostId))) return;
    await world.clock.sleep(durations.unreachableMs);
    throw new HypervisorError('unreachable', `The host ${hostId} does not answer.`);
  };

  const end = (vm: SimVm, cause: 'handed-over' | 'lost'): VmFacts => {
    world.changeVm(vm, cause, () => endVm(vm, 'stopped', world.nowMs()));
    return factsOf(vm);
  };

  return {
    name: 'simulated',
    start: () => world.open(),
    stop: () => world.save(),
    tearDown: async () => {
      await world.open();
      await world.clear();
    },

    listHosts: async () => {
      await world.open();
      return [...world.state.hosts.values()].map(hostFacts);
    },
    accelerator: async () => 'simulated',
    ensureImage: (image, progress) => {
      const key = imageKeyOf(image.packages);
      return world.perform('ensureImage', key, 0, async () => {
        if (!world.state.images.has(key)) {
          progress('Making the simulated image', 0);
          await world.clock.sleep(durations.imageBuildMs);
          world.state.images.set(key, [...image.packages].sort());
        }
        progress('The simulated image is ready', 1);
        return key;
      });
    },

    listImages: async () => {
      await world.open();
      const vms = [...world.state.vms.keys()].map((id) => world.getVm(id));
      return [...world.state.images].map(([key, packages]) => ({
        key,
        packages,
        kernel: '',
        sizeBytes: 0,
        // The model keeps no times of images: they are there since its time began.
        createdAt: new Date(0),
        usedBy: vms.filter((vm) => vm.imageKey === key).map(({ id }) => id),
      }));
    },

    createVm: (spec) =>
      world.perform('create', spec.id, durations.createVmMs, async () => {
        await answerOf(spec.hostId);
        return factsOf(defineVm(world, spec));
      }),
    startVm: (vmId, { deadlineMs }) =>
      onVm('start', vmId, 0, async (vm) => {
        beginStart(world, vm);
        return factsOf(await awaitStart(world, vmId, deadlineMs));
      }),
    stopVm: (vmId, { deadlineMs }) =>
      onVm('stop', vmId, 0, async (vm) => {
        if (vm.run === 'stopped' || vm.run === 'crashed') return factsOf(vm);
        const answers = vm.run === 'running' && durations.shutDownMs <= deadlineMs;
        await world.clock.sleep(answers ? durations.shutDownMs : deadlineMs);
        return end(world.getVm(vmId), answers ? 'handed-over' : 'lost');
      }),
    killVm: (vmId) => onVm('kill', vmId, durations.killMs, (vm) => end(vm, 'lost')),
    // Simulated processors are not shared out.
    setPriority: (vmId) =>
      onVm('setPriority', vmId, 0, (vm) => {
        if (vm.run !== 'running') throw new HypervisorError('wrong_state', `The VM ${vm.name} does not run.`);
      }),
    pauseVm: (vmId) =>
      onVm('pause', vmId, 0, (vm) => {
        if (vm.run === 'paused') return;
        if (vm.run !== 'running') throw new HypervisorError('wrong_state', `The VM ${vm.name} does not run.`);
        world.changeVm(vm, 'lost', () => {
          vm.run = 'paused';
        });
      }),
    resumeVm: (vmId) =>
      onVm('resume', vmId, 0, (vm) => {
        if (vm.run === 'running') return;
        if (vm.run !== 'paused') throw new HypervisorError('wrong_state', `The VM ${vm.name} is not paused.`);
        world.changeVm(vm, 'lost', () => {
          vm.run = 'running';
        });
      }),
    destroyVm: (vmId) =>
      world.perform('destroy', vmId, durations.killMs, async () => {
        const vm = world.findVm(vmId);
        if (vm === null) return;
        await answerOf(vm.hostId);
        end(vm, 'lost');
        for (const volumeId of [...vm.volumes]) detachSimulatedVolume(world, vm, volumeId);
        world.removeVm(vm);
        consoles.forget(vmId);
        if (vm.member !== null) world.forgetIfEmpty(vm.member.clusterId);
      }),
    listVms: async () => {
      await world.open();
      return [...world.state.vms.keys()].map((id) => factsOf(world.getVm(id)));
    },
    findVm: async (vmId) => {
      await world.open();
      const vm = world.findVm(vmId);
      return vm === null ? null : factsOf(vm);
    },

    guest: (vmId) => openGuest(world, vmId),
    openConsole: (vmId) =>
      onVm('console', vmId, 0, (vm) => {
        if (vm.run !== 'running') throw new HypervisorError('wrong_state', `The VM ${vm.name} does not run.`);
        return consoles.open(vm);
      }),
    readConsoleLog: (vmId) => onVm('console', vmId, 0, (vm) => consoles.read(vm)),
    statistics: (vmId) => onVm('statistics', vmId, 0, (vm) => statisticsOf(world, vm)),

    createVolume: (spec) => world.perform('createVolume', spec.id, 0, () => createSimulatedVolume(world, spec)),
    destroyVolume: (volumeId) =>
      world.perform('destroyVolume', volumeId, 0, () => destroySimulatedVolume(world, volumeId)),
    // Its disks appear at once: there is nothing to prepare.
    prepareVolume: (vmId, volumeId) =>
      onVm('prepareVolume', vmId, 0, () => {
        world.getVolume(volumeId);
      }),
    attachVolume: (vmId, volumeId) =>
      onVm('attach', vmId, durations.attachVolumeMs, (vm) => attachSimulatedVolume(world, vm, volumeId)),
    detachVolume: (vmId, volumeId) =>
      onVm('detach', vmId, durations.detachVolumeMs, (vm) => detachSimulatedVolume(world, vm, volumeId)),
    seizeVolume: (vmId, volumeId) =>
      world.perform('detach', vmId, durations.detachVolumeMs, () => {
        const volume = world.getVolume(volumeId);
        if (volume.attachedTo !== vmId) return volumeFacts(volume);
        const vm = world.getVm(vmId);
        if (factsOf(vm).state === 'running')
          throw new HypervisorError('volume_in_use', `The VM ${vm.name} runs: it is to be fenced first.`);
        return detachSimulatedVolume(world, vm, volumeId);
      }),
    listVolumes: async () => {
      await world.open();
      return [...world.state.volumes.values()].map(volumeFacts);
    },

    fenceVm: (vmId) => world.perform('fence', vmId, durations.fenceMs, () => fenceSimulatedVm(world, vmId)),
    fenceHost: (hostId) => world.perform('fence', hostId, durations.fenceMs, () => fenceSimulatedHost(world, hostId)),

    rehearsal: createSimulatedRehearsal(world),
  };
};

const statisticsOf = (world: World, vm: SimVm): VmStatistics => {
  if (vm.run !== 'running' && vm.run !== 'paused') {
    throw new HypervisorError('wrong_state', `The VM ${vm.name} does not run.`);
  }
  const nowMs = world.nowMs();
  const scope = vm.member === null ? null : world.scope(vm.member.clusterId);
  meterVm(vm, scope?.cluster ?? null, scope?.cluster.epochs.at(-1) ?? null, nowMs);
  const connections =
    scope === null || vm.member === null ? 0 : connectionsAt(scope, { ...vm, member: vm.member }, nowMs);
  const usedMiB = memoryUsedMiB(vm, connections);
  const { meters } = vm;
  return {
    at: new Date(nowMs),
    vcpuTimesMs: Array.from({ length: vm.shape.vcpus }, () => meters.cpuMs / vm.shape.vcpus),
    memoryTotalMiB: vm.shape.memoryMiB,
    memoryUsedMiB: usedMiB,
    memoryResidentMiB: usedMiB + OVERHEAD_MIB,
    networkReceivedBytes: Math.round(meters.receivedBytes),
    networkSentBytes: Math.round(meters.sentBytes),
    diskReadBytes: Math.round(meters.diskReadBytes),
    diskWrittenBytes: Math.round(meters.diskWrittenBytes),
  };
};
