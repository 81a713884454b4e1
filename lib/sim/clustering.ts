import { beginsToStand, getMember, hashView, standsForVip } from '@/lib/clustering/guest/view';
import type { Clustering, ClusterView, NodeStatus } from '@/lib/clustering/types';
import { HypervisorError } from '@/lib/hypervisors/types';
import { connectionsAt, writeLog } from './cluster-time';
import { isHolder } from './election';
import type { CallKind } from './faults';
import { canBeManaged, canTalk, isAlive, type MemberVm } from './network';
import type { SimMember, SimVm } from './state';
import type { World } from './world';

const newMember = (view: ClusterView, vmId: string): SimMember => ({
  clusterId: view.clusterId,
  view,
  viewHash: hashView(view),
  vrrp: standsForVip(getMember(view, vmId)) ? 'backup' : 'fault',
  standing: standsForVip(getMember(view, vmId)),
  application: view.workload.volume === null ? 'up' : 'stopped',
  proxy: 'up',
  held: false,
  silentSinceMs: null,
  silentBecause: 'lost',
  outbidSinceMs: null,
  cutOffSinceMs: null,
  deaf: false,
  leftover: null,
  log: [],
});

/** The clustering process of the guests of a simulated world. */
export const createSimulatedClustering = (world: World): Clustering => {
  const { durations } = world;

  /** Throws `HypervisorError` as the guest channel does when the guest cannot be asked. */
  const askGuest = async (vmId: string): Promise<SimVm> => {
    const vm = world.getVm(vmId);
    const host = world.getHost(vm.hostId);
    if (!canBeManaged(host)) {
      await world.clock.sleep(durations.unreachableMs);
      throw new HypervisorError('unreachable', `The host ${host.name} does not answer.`);
    }
    if (vm.run === 'stopped' || vm.run === 'crashed') {
      throw new HypervisorError('wrong_state', `The VM ${vm.name} does not run.`);
    }
    if (vm.run !== 'running') {
      await world.clock.sleep(durations.unreachableMs);
      throw new HypervisorError('deadline', `The guest of ${vm.name} does not answer.`);
    }
    return vm;
  };

  const onGuest = <T>(kind: CallKind, vmId: string, tookMs: number, act: (vm: SimVm) => T | Promise<T>): Promise<T> =>
    world.perform(kind, vmId, tookMs, async () => act(await askGuest(vmId)));

  const onMember = <T>(
    kind: CallKind,
    vmId: string,
    tookMs: number,
    act: (vm: MemberVm) => T | Promise<T>,
  ): Promise<T> => onGuest(kind, vmId, tookMs, (vm) => act(asMember(vm)));

  const configure = (vm: MemberVm, view: ClusterView): boolean => {
    const hash = hashView(view);
    if (vm.member.viewHash === hash) return false;
    throwIfDiskFull(vm);
    world.changeVm(vm, 'lost', () => {
      const before = vm.member.view.members.find((m) => m.vmId === vm.id);
      if (beginsToStand(before, getMember(view, vm.id)) && vm.member.vrrp === 'fault') {
        vm.member.standing = true;
        vm.member.vrrp = vm.member.deaf ? 'fault' : 'backup';
      }
      vm.member.view = view;
      vm.member.viewHash = hash;
      writeLog(vm, world.nowMs(), `Headroom: configuration ${hash.slice(0, 12)} in force`);
    });
    return true;
  };

  return {
    ensureInstalled: (vmId, view) =>
      onGuest('install', vmId, durations.installMs, (vm) => {
        throwIfDiskFull(vm);
        if (vm.member?.clusterId === view.clusterId && vm.member.proxy === 'up') {
          configure(asMember(vm), view);
          return;
        }
        // Adds up what it did until now as what it was until now.
        world.changeVm(vm, 'lost', () => undefined);
        world.enlist(view.clusterId, vm.id);
        world.changeCluster(view.clusterId, 'lost', () => {
          const member = newMember(view, vm.id);
          vm.member = member;
          writeLog({ ...vm, member }, world.nowMs(), 'Headroom: clustering process started');
        });
      }),
    ensureConfigured: (vmId, view) => onMember('configure', vmId, durations.configureMs, (vm) => configure(vm, view)),
    status: (vmId) => onMember('status', vmId, 0, (vm) => statusOf(world, vm)),
    peers: (vmId) => onMember('status', vmId, 0, (vm) => peersOf(world, vm)),
    yieldVip: (vmId) =>
      onMember('yieldVip', vmId, durations.guestCallMs, (vm) => {
        if (!vm.member.standing) return;
        world.changeVm(vm, 'handed-over', () => {
          vm.member.standing = false;
          vm.member.vrrp = 'fault';
          writeLog(vm, world.nowMs(), 'Keepalived_vrrp: Entering FAULT STATE');
        });
      }),
    ensureStanding: (vmId, view) =>
      onMember('stand', vmId, durations.guestCallMs, (vm) => {
        configure(vm, view);
        if (vm.member.standing) return;
        world.changeVm(vm, 'lost', () => {
          vm.member.standing = true;
          vm.member.vrrp = vm.member.deaf ? 'fault' : 'backup';
          writeLog(vm, world.nowMs(), `Keepalived_vrrp: Entering ${vm.member.vrrp.toUpperCase()} STATE`);
        });
      }),
    ensureRequestsHeld: (vmId, held) =>
      onMember('hold', vmId, durations.guestCallMs, (vm) =>
        world.changeVm(vm, 'lost', () => {
          vm.member.held = held;
        }),
      ),
    ensureApplicationStopped: (vmId, { deadlineMs, unmounts }) =>
      onMember('stopApplication', vmId, 0, async (vm) => {
        if (vm.member.application !== 'stopped') {
          await world.clock.sleep(Math.min(durations.applicationStopMs, deadlineMs));
          const now = asMember(await askGuest(vmId));
          world.changeVm(now, 'lost', () => {
            now.member.application = 'stopped';
          });
        }
        const { volume } = vm.member.view.workload;
        if (unmounts && volume !== null) delete vm.mounts[volume.mountPath];
      }),
    ensureApplicationStarted: (vmId, { deadlineMs }) =>
      onMember('startApplication', vmId, 0, async (vm) => {
        if (vm.member.application === 'up') return;
        throwIfNotStartable(vm);
        await world.clock.sleep(Math.min(durations.applicationStartMs, deadlineMs));
        if (durations.applicationStartMs > deadlineMs) {
          throw new HypervisorError('deadline', `The application on ${vm.name} was not healthy in ${deadlineMs} ms.`);
        }
        const now = asMember(await askGuest(vmId));
        throwIfNotStartable(now);
        world.changeVm(now, 'lost', () => {
          now.member.application = 'up';
        });
      }),
    ensureVolumeMounted: (vmId, volumeId, mountPath) =>
      onGuest('mount', vmId, durations.guestCallMs, (vm) => {
        const volume = world.getVolume(volumeId);
        if (volume.attachedTo !== vmId) {
          throw new HypervisorError('guest_failed', `${vm.name} has no disk ${volumeId}.`);
        }
        volume.formatted = true;
        vm.mounts[mountPath] = volumeId;
      }),
    ensureVolumeUnmounted: (vmId, mountPath) =>
      onGuest('unmount', vmId, durations.guestCallMs, (vm) => {
        const usesIt = vm.member?.view.workload.volume?.mountPath === mountPath;
        if (mountPath in vm.mounts && usesIt && vm.member?.application === 'up') {
          throw new HypervisorError('guest_failed', `umount: ${mountPath}: target is busy.`);
        }
        delete vm.mounts[mountPath];
      }),
    ensureLeft: (vmId) =>
      onGuest('leave', vmId, durations.guestCallMs, (vm) => {
        if (vm.member === null || vm.member.proxy === 'down') return;
        const { member } = vm;
        world.changeVm(vm, 'handed-over', () => {
          member.vrrp = 'stopped';
          member.proxy = 'down';
          member.application = 'stopped';
          member.held = false;
        });
      }),
    readLog: (vmId, lines) =>
      onMember('status', vmId, 0, (vm) => {
        world.scope(vm.member.clusterId);
        return vm.member.log.slice(-lines).join('\n');
      }),
  };
};

const asMember = (vm: SimVm): MemberVm => {
  const { member } = vm;
  if (member === null) {
    throw new HypervisorError('guest_failed', `The clustering process is not installed in ${vm.name}.`, {
      retryable: false,
    });
  }
  return withMember(vm, member);
};

/** The same VM, known to be a member; no copy, because changes are made to it. */
const withMember = (vm: SimVm, member: SimMember): MemberVm => Object.assign(vm, { member });

const throwIfDiskFull = (vm: SimVm): void => {
  if (vm.diskFull) throw new HypervisorError('guest_failed', `${vm.name}: No space left on device`);
};

const throwIfNotStartable = (vm: MemberVm): void => {
  const { volume } = vm.member.view.workload;
  if (volume === null) return;
  throwIfDiskFull(vm);
  if (!(volume.mountPath in vm.mounts)) {
    throw new HypervisorError('guest_failed', `Nothing is mounted at ${volume.mountPath} in ${vm.name}.`);
  }
};

const statusOf = (world: World, vm: MemberVm): NodeStatus => {
  const scope = world.scope(vm.member.clusterId);
  return {
    at: world.clock.now(),
    vrrp: vm.member.vrrp,
    holdsVip: isHolder(vm),
    application: vm.member.application,
    proxy: vm.member.proxy,
    connections: connectionsAt(scope, vm, world.nowMs()),
    viewHash: vm.member.viewHash,
    directs: directsOf(vm),
  };
};

/** Its director knows what the member was told, at once. */
const directsOf = ({ member }: MemberVm): string =>
  member.view.members
    .filter(({ weight }) => weight > 0)
    .map(({ address, weight }) => `${address}=${weight}`)
    .join(',');

/** What the checks of a member's proxy say of the others. */
const peersOf = (world: World, vm: MemberVm): ReadonlyMap<string, boolean> => {
  const { state } = world.scope(vm.member.clusterId);
  const others = vm.member.view.members.filter(({ vmId }) => vmId !== vm.id);
  return new Map(
    others.map(({ vmId, name }) => {
      const other = world.findVm(vmId) ?? undefined;
      const serves = isAlive(other) && other.member?.proxy === 'up' && other.member.application === 'up';
      return [name, serves && canTalk(state, vm, other)];
    }),
  );
};
