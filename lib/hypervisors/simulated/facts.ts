import { canBeManaged } from '@/lib/sim/network';
import { hash32 } from '@/lib/sim/random';
import type { SimHost, SimVm, SimVolume } from '@/lib/sim/state';
import type { HostFacts, VmFacts, VolumeFacts } from '../types';

export const isReachable = canBeManaged;

export const hostFacts = (host: SimHost): HostFacts => ({
  id: host.id,
  name: host.name,
  site: host.site,
  capacity: host.capacity,
  reachable: isReachable(host),
  accelerator: 'simulated',
});

const dateOrNull = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** What the driver can tell: nothing is known of a VM whose host cannot be asked. */
export const vmFacts = (vm: SimVm, host: SimHost): VmFacts => ({
  id: vm.id,
  name: vm.name,
  hostId: vm.hostId,
  state: isReachable(host) ? vm.run : 'unknown',
  shape: vm.shape,
  address: vm.nic.address,
  mac: vm.nic.mac,
  accelerator: 'simulated',
  startedAt: dateOrNull(vm.startedAtMs),
  endedAt: dateOrNull(vm.endedAtMs),
  bootRetries: vm.bootRetries,
  startedFrom: vm.starts === 0 ? null : vm.starts === 1 ? 'snapshot' : 'cold',
  volumes: [...vm.volumes],
});

export const volumeFacts = (volume: SimVolume): VolumeFacts => ({
  id: volume.id,
  sizeGiB: volume.sizeGiB,
  attachedTo: volume.attachedTo,
});

/** Key of an image: the same packages in any order make the same image. */
export const imageKeyOf = (packages: readonly string[]): string =>
  `simulated-${hash32(0, ...[...packages].sort())
    .toString(16)
    .padStart(8, '0')}`;
