import { sameShape, shapeFits, subtractShapes, sumShapes } from '@/lib/domain/shape';
import { endVm } from '@/lib/sim/processes';
import { hexDigits } from '@/lib/sim/random';
import { newMeters, type SimVm } from '@/lib/sim/state';
import type { World } from '@/lib/sim/world';
import { HypervisorError, type VmSpec } from '../types';

/** Shape of the golden snapshot; what a VM has beyond it is hot-plugged. */
const SNAPSHOT = { vcpus: 1, memoryMiB: 256, dimmMiB: 128 } as const;

export const bootMs = (world: World, vm: SimVm): number => {
  const { restoreMs, coldBootMs, hotPlugMs } = world.durations;
  if (vm.starts > 0) return coldBootMs;
  const cpus = Math.max(0, vm.shape.vcpus - SNAPSHOT.vcpus);
  const dimms = Math.max(0, Math.ceil((vm.shape.memoryMiB - SNAPSHOT.memoryMiB) / SNAPSHOT.dimmMiB));
  // Memory is plugged as one DIMM however large; its blocks come online together.
  return restoreMs + hotPlugMs * (cpus + Math.min(dimms, 1));
};

/** Throws `already_exists`, `image_missing` or `no_capacity`; a VM that was made to the same spec is found again. */
export const defineVm = (world: World, spec: VmSpec): SimVm => {
  const existing = world.findVm(spec.id);
  if (existing !== null) {
    if (existing.hostId === spec.hostId && sameShape(existing.shape, spec.shape)) return existing;
    throw new HypervisorError('already_exists', `The VM ${spec.id} exists with another host or shape.`);
  }
  if (!world.state.images.has(spec.imageKey)) {
    throw new HypervisorError('image_missing', `There is no image ${spec.imageKey}.`);
  }
  const host = world.getHost(spec.hostId);
  const free = subtractShapes(host.capacity, sumShapes(world.vmsOn(host.id).map((vm) => vm.shape)));
  if (!shapeFits(spec.shape, free)) {
    throw new HypervisorError(
      'no_capacity',
      `${host.name} has ${free.vcpus} vCPU, ${free.memoryMiB} MiB and ${free.diskGiB} GiB free.`,
    );
  }
  const vm: SimVm = {
    id: spec.id,
    name: spec.name,
    hostId: spec.hostId,
    shape: spec.shape,
    imageKey: spec.imageKey,
    nic: spec.nic,
    machineId: hexDigits(32, world.state.seed, 'machine-id', spec.id),
    run: 'stopped',
    readyAtMs: null,
    startedAtMs: null,
    endedAtMs: null,
    starts: 0,
    bootRetries: 0,
    volumes: [],
    mounts: {},
    files: {},
    diskFull: false,
    neverDrains: false,
    member: null,
    meters: newMeters(world.nowMs()),
  };
  world.addVm(vm);
  return vm;
};

/** Sets a defined VM going; it is ready after `bootMs`. Throws `wrong_state` for a paused one. */
export const beginStart = (world: World, vm: SimVm): void => {
  if (vm.run === 'running' || vm.run === 'starting') return;
  if (vm.run === 'paused') throw new HypervisorError('wrong_state', `The VM ${vm.name} is paused.`);
  const nowMs = world.nowMs();
  const readyAtMs = nowMs + bootMs(world, vm);
  world.changeVm(vm, 'lost', () => {
    vm.run = 'starting';
    vm.readyAtMs = readyAtMs;
    vm.startedAtMs = nowMs;
    vm.endedAtMs = null;
    vm.starts += 1;
    vm.meters = newMeters(nowMs);
  });
};

/** Waits for a VM that was set going. Throws `deadline`, or `failed` when it ended meanwhile. */
export const awaitStart = async (world: World, vmId: string, deadlineMs: number): Promise<SimVm> => {
  const { readyAtMs } = world.getVm(vmId);
  const leftMs = readyAtMs === null ? 0 : readyAtMs - world.nowMs();
  await world.clock.sleep(Math.min(leftMs, deadlineMs));
  // A timer may end a millisecond early by the clock on the wall.
  if (leftMs <= deadlineMs && readyAtMs !== null && world.nowMs() < readyAtMs) await world.clock.sleep(2);
  const now = world.getVm(vmId);
  if (now.run === 'starting') {
    world.changeVm(now, 'lost', () => endVm(now, 'stopped', world.nowMs()));
    throw new HypervisorError('deadline', `${now.name} did not answer within ${deadlineMs} ms and was ended.`);
  }
  if (now.run !== 'running')
    throw new HypervisorError('failed', `${now.name} ended while it started.`, { retryable: true });
  return now;
};
