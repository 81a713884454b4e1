import { HypervisorError } from '@/lib/hypervisors/types';
import type { CallFaults } from './call-faults';
import type { Faults } from './faults';
import { SITE_WELL } from './lab';
import { endVm } from './processes';
import type { SimHost, SimVm } from './state';
import type { World } from './world';

/** The faults of a world. Each takes effect at once, and is stored in the background. */
export const createFaults = (world: World, calls: CallFaults): Faults => {
  const change = (vmId: string, act: (vm: SimVm) => void) => {
    const vm = world.getVm(vmId);
    world.changeVm(vm, 'lost', () => act(vm));
    keep();
  };
  // The disk may be full or gone: the world goes on in memory, and the next call that waits for the store says so.
  const keep = () => void world.save().catch(() => undefined);

  const changeSite = (site: string, act: (host: SimHost) => void): void => {
    const hosts = [...world.state.hosts.values()].filter((host) => host.site === site);
    if (hosts.length === 0) throw new HypervisorError('not_found', `There is no site ${site}.`);
    for (const host of hosts) world.changeHost(host, () => act(host));
    keep();
  };

  return {
    failNext: (kind, options = {}) => calls.failNext(kind, options),
    slowNext: (kind, extraMs, options = {}) => calls.slowNext(kind, extraMs, options),
    clearCalls: () => calls.clear(),

    crashVm: (vmId) => change(vmId, (vm) => endVm(vm, 'crashed', world.nowMs())),
    hangVm: (vmId) =>
      change(vmId, (vm) => {
        if (vm.run === 'running') vm.run = 'paused';
      }),
    unhangVm: (vmId) =>
      change(vmId, (vm) => {
        if (vm.run === 'paused') vm.run = 'running';
      }),
    fillDisk: (vmId) =>
      change(vmId, (vm) => {
        vm.diskFull = true;
        const isStateful = vm.member?.view.workload.volume != null;
        if (vm.member?.application === 'up' && isStateful) vm.member.application = 'down';
      }),
    emptyDisk: (vmId) =>
      change(vmId, (vm) => {
        vm.diskFull = false;
        if (vm.member?.application === 'down') vm.member.application = 'up';
      }),
    crashApplication: (vmId) =>
      change(vmId, (vm) => {
        if (vm.member?.application === 'up') vm.member.application = 'down';
      }),
    restartApplication: (vmId) =>
      change(vmId, (vm) => {
        if (vm.run === 'running' && vm.member?.application === 'down') vm.member.application = 'up';
      }),
    setNeverDrains: (vmId, neverDrains) =>
      change(vmId, (vm) => {
        vm.neverDrains = neverDrains;
      }),

    powerOffHost: (hostId) => {
      const host = world.getHost(hostId);
      world.changeHost(host, () => {
        host.power = 'off';
        for (const vm of world.vmsOn(hostId)) endVm(vm, 'crashed', world.nowMs());
      });
      keep();
    },
    powerOnHost: (hostId) => {
      world.getHost(hostId).power = 'on';
      keep();
    },
    cutHost: (hostId, options = {}) => {
      const host = world.getHost(hostId);
      const traffic = options.traffic ?? 'both';
      world.changeHost(host, () => {
        host.incoming = traffic === 'outgoing' || traffic === 'none';
        host.outgoing = traffic === 'incoming' || traffic === 'none';
        host.management = !(options.management ?? true);
        host.powerController = options.powerController ?? false;
      });
      keep();
    },
    healHost: (hostId) => {
      const host = world.getHost(hostId);
      world.changeHost(host, () => {
        host.incoming = true;
        host.outgoing = true;
        host.management = true;
        host.powerController = true;
      });
      keep();
    },
    cutSite: (site, traffic = 'both') =>
      changeSite(site, (host) => {
        host.siteIncoming = traffic === 'outgoing';
        host.siteOutgoing = traffic === 'incoming';
        host.siteManagement = false;
      }),
    healSite: (site) => changeSite(site, (host) => Object.assign(host, SITE_WELL)),
    setFenceAcknowledged: (hostId, acknowledged) => {
      world.getHost(hostId).fenceAcknowledged = acknowledged;
      keep();
    },
  };
};
