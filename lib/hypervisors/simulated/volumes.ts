import type { SimVm, SimVolume } from '@/lib/sim/state';
import type { World } from '@/lib/sim/world';
import { HypervisorError, type VolumeFacts, type VolumeSpec } from '../types';
import { volumeFacts } from './facts';

export const createSimulatedVolume = (world: World, spec: VolumeSpec): VolumeFacts => {
  const existing = world.state.volumes.get(spec.id);
  if (existing !== undefined) {
    if (existing.sizeGiB === spec.sizeGiB) return volumeFacts(existing);
    throw new HypervisorError('already_exists', `The volume ${spec.id} exists with ${existing.sizeGiB} GiB.`);
  }
  const volume: SimVolume = { id: spec.id, sizeGiB: spec.sizeGiB, attachedTo: null, formatted: false, files: {} };
  world.state.volumes.set(spec.id, volume);
  return volumeFacts(volume);
};

export const destroySimulatedVolume = (world: World, volumeId: string): void => {
  const volume = world.state.volumes.get(volumeId);
  if (volume === undefined) return;
  if (volume.attachedTo !== null) {
    throw new HypervisorError('volume_in_use', `The volume ${volumeId} is attached to ${volume.attachedTo}.`);
  }
  world.state.volumes.delete(volumeId);
};

export const attachSimulatedVolume = (world: World, vm: SimVm, volumeId: string): VolumeFacts => {
  const volume = world.getVolume(volumeId);
  if (volume.attachedTo !== null && volume.attachedTo !== vm.id) {
    throw new HypervisorError('volume_in_use', `The volume ${volumeId} is attached to ${volume.attachedTo}.`);
  }
  if (volume.attachedTo === null) {
    volume.attachedTo = vm.id;
    vm.volumes.push(volumeId);
  }
  return volumeFacts(volume);
};

/** An application that worked on the volume is down from then on. */
export const detachSimulatedVolume = (world: World, vm: SimVm, volumeId: string): VolumeFacts => {
  const volume = world.getVolume(volumeId);
  if (volume.attachedTo !== vm.id) return volumeFacts(volume);
  world.changeVm(vm, 'lost', () => {
    const mountPath = Object.keys(vm.mounts).find((path) => vm.mounts[path] === volumeId);
    if (mountPath !== undefined) {
      delete vm.mounts[mountPath];
      const isApplicationOnIt = vm.member?.view.workload.volume?.mountPath === mountPath;
      if (vm.member?.application === 'up' && isApplicationOnIt) vm.member.application = 'down';
    }
    vm.volumes.splice(vm.volumes.indexOf(volumeId), 1);
    volume.attachedTo = null;
  });
  return volumeFacts(volume);
};
