import type { SimVm } from '@/lib/sim/state';
import type { World } from '@/lib/sim/world';
import { type GuestChannel, type GuestExecResult, HypervisorError } from '../types';
import { isReachable } from './facts';
import { runInGuest } from './guest-commands';
import { placeOf, wellKnownFile } from './guest-files';

const DEFAULT_TIMEOUT_MS = 10_000;

/** The guest of a running VM; the agent in any other does not answer. */
const answering = async (world: World, vmId: string, timeoutMs: number): Promise<SimVm> => {
  const vm = world.getVm(vmId);
  if (!isReachable(world.getHost(vm.hostId))) {
    throw new HypervisorError('unreachable', `The host ${vm.hostId} does not answer.`);
  }
  if (vm.run === 'running') return vm;
  if (vm.run === 'stopped' || vm.run === 'crashed') {
    throw new HypervisorError('wrong_state', `The VM ${vm.name} does not run.`);
  }
  await world.clock.sleep(timeoutMs);
  throw new HypervisorError('deadline', `The guest of ${vm.name} did not answer within ${timeoutMs} ms.`);
};

export const openGuest = (world: World, vmId: string): GuestChannel => {
  const call = <T>(timeoutMs: number, act: (vm: SimVm) => T): Promise<T> =>
    world.perform('guest', vmId, world.durations.guestCallMs, async () => act(await answering(world, vmId, timeoutMs)));

  return {
    ping: (options = {}) => call(options.timeoutMs ?? DEFAULT_TIMEOUT_MS, () => undefined),
    exec: (command, args = [], options = {}) =>
      call(
        options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        (vm): GuestExecResult => runInGuest(world, vm, command, args, options.input ?? ''),
      ),
    run: (script, options = {}) =>
      call(
        options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        (vm): GuestExecResult => runInGuest(world, vm, '/bin/bash', ['-s'], script),
      ),
    writeFile: (path, content) =>
      call(DEFAULT_TIMEOUT_MS, (vm) => {
        if (vm.diskFull) throw new HypervisorError('guest_failed', `${path}: No space left on device`);
        const place = placeOf(vm, world.state.volumes, path);
        place.files[place.path] = content;
      }),
    readFile: (path) =>
      call(DEFAULT_TIMEOUT_MS, (vm) => {
        const place = placeOf(vm, world.state.volumes, path);
        const content = place.files[place.path] ?? wellKnownFile(vm, path);
        if (content === undefined) throw new HypervisorError('guest_failed', `${path}: No such file or directory`);
        return content;
      }),
  };
};
