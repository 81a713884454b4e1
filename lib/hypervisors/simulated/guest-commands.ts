import type { SimVm, SimVolume } from '@/lib/sim/state';
import type { World } from '@/lib/sim/world';
import { type GuestExecResult, HypervisorError } from '../types';
import { placeOf, wellKnownFile } from './guest-files';

const ok = (stdout: string): GuestExecResult => ({ exitCode: 0, stdout, stderr: '' });
const failed = (exitCode: number, stderr: string): GuestExecResult => ({ exitCode, stdout: '', stderr });

/** Volumes appear in guests under their serial, which virtio cuts to 20 characters. */
const DEVICE_PREFIX = '/dev/disk/by-id/virtio-';
const SERIAL_LENGTH = 20;

const volumeAt = (world: World, vm: SimVm, device: string): SimVolume | null => {
  const serial = device.startsWith(DEVICE_PREFIX) ? device.slice(DEVICE_PREFIX.length) : null;
  const volumeId = vm.volumes.find((id) => serial !== null && id.slice(0, SERIAL_LENGTH) === serial);
  return volumeId === undefined ? null : world.getVolume(volumeId);
};

const readFiles = (world: World, vm: SimVm, paths: readonly string[]): GuestExecResult => {
  let text = '';
  for (const path of paths) {
    const place = placeOf(vm, world.state.volumes, path);
    const content = place.files[place.path] ?? wellKnownFile(vm, path);
    if (content === undefined) return failed(1, `cat: ${path}: No such file or directory\n`);
    text += content;
  }
  return ok(text);
};

const format = (world: World, vm: SimVm, args: readonly string[]): GuestExecResult => {
  const device = args.at(-1) ?? '';
  const volume = volumeAt(world, vm, device);
  if (volume === null) return failed(1, `mkfs: ${device}: No such file or directory\n`);
  volume.formatted = true;
  for (const path of Object.keys(volume.files)) delete volume.files[path];
  return ok('');
};

const mount = (world: World, vm: SimVm, args: readonly string[]): GuestExecResult => {
  const [device = '', path = ''] = args.slice(-2);
  const volume = volumeAt(world, vm, device);
  if (volume === null) return failed(32, `mount: ${device}: No such file or directory\n`);
  if (!volume.formatted) return failed(32, `mount: ${path}: wrong fs type, bad option, bad superblock on ${device}\n`);
  vm.mounts[path] = volume.id;
  return ok('');
};

const unmount = (vm: SimVm, path: string): GuestExecResult => {
  if (!(path in vm.mounts)) return failed(32, `umount: ${path}: not mounted\n`);
  delete vm.mounts[path];
  return ok('');
};

/**
 * The few programs that a simulated guest has; their answers come from the model. Throws `guest_failed` for all others:
 * the simulated guest does not run programs.
 */
export const runInGuest = (
  world: World,
  vm: SimVm,
  command: string,
  args: readonly string[],
  input: string,
): GuestExecResult => {
  const program = command.split('/').at(-1) ?? command;
  switch (program) {
    case 'true':
    case 'sync':
    case 'mkdir':
      return ok('');
    case 'false':
      return failed(1, '');
    case 'hostname':
      return ok(`${vm.name}\n`);
    case 'nproc':
      return ok(`${vm.shape.vcpus}\n`);
    case 'date':
      return ok(`${formatDate(world.clock.now(), args)}\n`);
    case 'echo':
      return ok(`${args.join(' ')}\n`);
    case 'cat':
      return args.length === 0 ? ok(input) : readFiles(world, vm, args);
    case 'mkfs.ext4':
      return format(world, vm, args);
    case 'mount':
      return mount(world, vm, args);
    case 'umount':
      return unmount(vm, args.at(-1) ?? '');
    default:
      throw new HypervisorError('guest_failed', `${command}: the simulated guest does not run programs.`, {
        retryable: false,
      });
  }
};

const formatDate = (now: Date, args: readonly string[]): string => {
  const format = args.find((a) => a.startsWith('+'));
  if (format === '+%s') return String(Math.floor(now.getTime() / 1000));
  if (format === '+%s%3N') return String(now.getTime());
  return now.toISOString();
};
