import { endVm } from '@/lib/sim/processes';
import type { SimHost } from '@/lib/sim/state';
import type { World } from '@/lib/sim/world';
import { type FenceEvidence, HypervisorError } from '../types';
import { isReachable } from './facts';

const throwIfUnacknowledged = (host: SimHost): void => {
  if (!host.fenceAcknowledged) {
    throw new HypervisorError('deadline', `The order to fence on ${host.name} was not acknowledged: nothing is known.`);
  }
};

/** Ends every VM of a host that is off, or whose power can be cut; throws `unreachable` when neither is known. */
const fenceByPower = (world: World, host: SimHost): string => {
  if (!host.powerController || !host.siteManagement) {
    throw new HypervisorError('unreachable', `Neither ${host.name} nor its power controller answers.`);
  }
  if (host.power === 'off') return `The power controller of ${host.name} reports that it is off.`;
  world.faults.powerOffHost(host.id);
  return `The power controller of ${host.name} cut its power and reports that it is off.`;
};

export const fenceSimulatedHost = (world: World, hostId: string): FenceEvidence => {
  const host = world.getHost(hostId);
  throwIfUnacknowledged(host);
  let detail: string;
  if (isReachable(host)) {
    const vms = world.vmsOn(hostId);
    for (const vm of vms) world.changeVm(vm, 'lost', () => endVm(vm, 'crashed', world.nowMs()));
    detail = `None of the ${vms.length} VMs of ${host.name} runs.`;
  } else {
    detail = fenceByPower(world, host);
  }
  return { subject: hostId, at: world.clock.now(), method: 'simulated', detail };
};

export const fenceSimulatedVm = (world: World, vmId: string): FenceEvidence => {
  const vm = world.findVm(vmId);
  const at = () => world.clock.now();
  if (vm === null) {
    return { subject: vmId, at: at(), method: 'never-started', detail: 'No host has a VM of this id.' };
  }
  const host = world.getHost(vm.hostId);
  throwIfUnacknowledged(host);
  if (!isReachable(host)) {
    return { subject: vmId, at: at(), method: 'simulated', detail: fenceByPower(world, host) };
  }
  if (vm.starts === 0)
    return { subject: vmId, at: at(), method: 'never-started', detail: `${vm.name} was never started.` };
  world.changeVm(vm, 'lost', () => endVm(vm, 'crashed', world.nowMs()));
  return { subject: vmId, at: at(), method: 'simulated', detail: `${vm.name} does not run on ${host.name}.` };
};
