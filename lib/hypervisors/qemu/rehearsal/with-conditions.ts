import {
  type FenceEvidence,
  type GuestChannel,
  type HostFacts,
  type Hypervisor,
  HypervisorError,
  type VmFacts,
} from '../../types';
import type { VmRecords } from '../vm/record';
import type { HostConditions } from './conditions';

/**
 * A driver whose hosts may be off or cut off: it asks nothing of a host that does not answer, and knows nothing of the
 * VMs there. An order to fence what is off is carried out; one for what is cut off proves nothing, and throws.
 */
export const withConditions = (inner: Hypervisor, conditions: HostConditions, records: VmRecords): Hypervisor => {
  const hostOf = async (vmId: string): Promise<string | null> => (await records.find(vmId))?.spec.hostId ?? null;

  /** A call about a VM, once its host has answered. */
  const onVm = async <T>(vmId: string, act: () => Promise<T>): Promise<T> => {
    const hostId = await hostOf(vmId);
    if (hostId !== null) await conditions.refuseUnreachable(hostId);
    return act();
  };

  const asKnown = async (vm: VmFacts): Promise<VmFacts> =>
    (await conditions.of(vm.hostId)) === 'well' ? vm : { ...vm, state: 'unknown' };

  const asReached = async (host: HostFacts): Promise<HostFacts> => ({
    ...host,
    reachable: host.reachable && (await conditions.of(host.id)) === 'well',
  });

  const fence = async (hostId: string | null, act: () => Promise<FenceEvidence>): Promise<FenceEvidence> => {
    const condition = hostId === null ? 'well' : await conditions.of(hostId);
    if (condition === 'cut')
      throw new HypervisorError('unreachable', `Neither ${hostId} nor its power controller answers: nothing is known.`);
    const evidence = await act();
    return condition === 'off' ? { ...evidence, detail: `${hostId} is off. ${evidence.detail}` } : evidence;
  };

  const guestOf = (vmId: string): GuestChannel => {
    const guest = inner.guest(vmId);
    return {
      ping: (options) => onVm(vmId, () => guest.ping(options)),
      exec: (command, args, options) => onVm(vmId, () => guest.exec(command, args, options)),
      run: (script, options) => onVm(vmId, () => guest.run(script, options)),
      writeFile: (path, content, options) => onVm(vmId, () => guest.writeFile(path, content, options)),
      readFile: (path) => onVm(vmId, () => guest.readFile(path)),
    };
  };

  return {
    name: inner.name,
    rehearsal: inner.rehearsal,
    start: () => inner.start(),
    stop: () => inner.stop(),
    tearDown: async () => {
      await inner.tearDown();
      await conditions.clear();
    },
    listHosts: async () => Promise.all((await inner.listHosts()).map(asReached)),
    accelerator: () => inner.accelerator(),
    ensureImage: (image, progress) => inner.ensureImage(image, progress),

    createVm: async (spec) => {
      await conditions.refuseUnreachable(spec.hostId);
      return inner.createVm(spec);
    },
    startVm: (vmId, options) => onVm(vmId, () => inner.startVm(vmId, options)),
    stopVm: (vmId, options) => onVm(vmId, () => inner.stopVm(vmId, options)),
    killVm: (vmId) => onVm(vmId, () => inner.killVm(vmId)),
    setPriority: (vmId, priority) => onVm(vmId, () => inner.setPriority(vmId, priority)),
    pauseVm: (vmId) => onVm(vmId, () => inner.pauseVm(vmId)),
    resumeVm: (vmId) => onVm(vmId, () => inner.resumeVm(vmId)),
    destroyVm: (vmId) => onVm(vmId, () => inner.destroyVm(vmId)),
    listVms: async () => Promise.all((await inner.listVms()).map(asKnown)),
    findVm: async (vmId) => {
      const vm = await inner.findVm(vmId);
      return vm === null ? null : asKnown(vm);
    },

    guest: guestOf,
    listImages: () => inner.listImages(),
    openConsole: (vmId) => onVm(vmId, () => inner.openConsole(vmId)),
    readConsoleLog: (vmId) => onVm(vmId, () => inner.readConsoleLog(vmId)),
    statistics: (vmId) => onVm(vmId, () => inner.statistics(vmId)),

    createVolume: (spec) => inner.createVolume(spec),
    destroyVolume: (volumeId) => inner.destroyVolume(volumeId),
    prepareVolume: (vmId, volumeId) => onVm(vmId, () => inner.prepareVolume(vmId, volumeId)),
    attachVolume: (vmId, volumeId) => onVm(vmId, () => inner.attachVolume(vmId, volumeId)),
    detachVolume: (vmId, volumeId) => onVm(vmId, () => inner.detachVolume(vmId, volumeId)),
    seizeVolume: async (vmId, volumeId, evidence) => {
      const hostId = await hostOf(vmId);
      // Volumes are not on the host: whoever takes one from it shuts it out, as storage does that fences a client. Here it
      // is the VM's process that has the file, and it must not go on writing whatever a person says.
      if (hostId !== null && (await conditions.of(hostId)) === 'cut') await inner.killVm(vmId);
      return inner.seizeVolume(vmId, volumeId, evidence);
    },
    listVolumes: () => inner.listVolumes(),

    fenceVm: async (vmId) => fence(await hostOf(vmId), () => inner.fenceVm(vmId)),
    fenceHost: (hostId) => fence(hostId, () => inner.fenceHost(hostId)),
  };
};
