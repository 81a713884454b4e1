import type { World } from '@/lib/sim/world';
import { HypervisorError, type Rehearsal } from '../types';

/** Harm as the simulated world does it. */
export const createSimulatedRehearsal = (world: World): Rehearsal => {
  const act = async (harm: () => void): Promise<void> => {
    await world.open();
    harm();
    await world.save();
  };
  return {
    crashVm: (vmId) =>
      act(() => {
        const { run, name } = world.getVm(vmId);
        if (run === 'stopped' || run === 'crashed')
          throw new HypervisorError('wrong_state', `The VM ${name} does not run.`);
        world.faults.crashVm(vmId);
      }),
    crashApplication: (vmId) =>
      act(() => {
        const { member, name } = world.getVm(vmId);
        if (member?.application !== 'up') throw new HypervisorError('wrong_state', `No application runs on ${name}.`);
        world.faults.crashApplication(vmId);
      }),
    startApplication: (vmId) => act(() => world.faults.restartApplication(vmId)),
    fillDisk: (vmId) => act(() => world.faults.fillDisk(vmId)),
    emptyDisk: (vmId) => act(() => world.faults.emptyDisk(vmId)),
    setHostPower: (hostId, power) =>
      act(() => (power === 'off' ? world.faults.powerOffHost(hostId) : world.faults.powerOnHost(hostId))),
    cutHost: (hostId, cut) =>
      act(() => (cut === null ? world.faults.healHost(hostId) : world.faults.cutHost(hostId, { traffic: cut }))),
    cutSite: (site, cut) => act(() => (cut === null ? world.faults.healSite(site) : world.faults.cutSite(site, cut))),
  };
};
