import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { GUEST_USERS } from '@/lib/clustering/guest/paths';
import { builtInWorkloads } from '@/lib/workloads';

export const RECIPE_DIRECTORY = fileURLToPath(new URL('../recipe', import.meta.url));

/** What every guest has: an init system, the guest agent, and the programs of the clustering process. */
const BASE_PACKAGES = [
  'busybox-static',
  'e2fsprogs',
  'haproxy',
  'ipvsadm',
  'iproute2',
  'keepalived',
  'kmod',
  'procps',
  'qemu-guest-agent',
  'netcat-openbsd',
  'nftables',
  'systemd-sysv',
  'udev',
];

/** Size of the root file system. Not more than the smallest disk of a shape; sparse on the machine's own disk. */
export const ROOT_DISK_SIZE = '2G';

/** `name:id` of the guest's unprivileged users. */
export const GUEST_USER_ARGUMENTS = Object.values(GUEST_USERS).map(({ name, id }) => `${name}:${id}`);

/**
 * On the kernel's command line of every guest: a network card called eth0, hot-plugged memory in use at once, a panic that ends
 * the VM, and nothing that costs time under emulation without being of use in a VM. Bounce buffers (swiotlb) would
 * take 64 MiB, which a guest that may grow beyond 4 GiB otherwise sets aside at its start; virtio needs none. Without
 * autogroups a service's niceness counts beside the others, not only within its own session.
 */
const KERNEL_ARGUMENTS = [
  'console=ttyS0',
  'root=/dev/vda',
  'rw',
  'net.ifnames=0',
  'memhp_default_state=online',
  'swiotlb=noforce',
  'panic=-1',
  'quiet',
  'loglevel=3',
  'mitigations=off',
  'random.trust_cpu=on',
  'no_timer_check',
  'tsc=reliable',
  'cryptomgr.notests',
  'rcupdate.rcu_expedited=1',
  'audit=0',
  'noautogroup',
  'systemd.show_status=0',
];

/**
 * What is dear under emulation only. An emulated time stamp counter is read in the processor's own thread, and all processors
 * have the same; the kernel trusts none that does not say so, and would ask the ACPI timer through QEMU's global lock,
 * with a system call where a program wants to know the time. And each packet sent would be an interrupt more.
 */
const KERNEL_ARGUMENTS_EMULATED = ['tsc=reliable', 'virtio_net.napi_tx=0'];

export const kernelCommandLine = (accelerator: 'kvm' | 'tcg'): string =>
  [...KERNEL_ARGUMENTS, ...(accelerator === 'tcg' ? KERNEL_ARGUMENTS_EMULATED : [])].join(' ');

/** All packages of an image, sorted: those of the built-in workloads are in every one, so that they share one image. */
export const packagesOf = (extra: readonly string[]): readonly string[] =>
  [...new Set([...BASE_PACKAGES, ...builtInWorkloads.flatMap((workload) => workload.packages), ...extra])].sort();

/** Hash of every file of the recipe, with its place. */
export const hashRecipe = async (directory: string = RECIPE_DIRECTORY): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of await listFiles(directory)) {
    hash
      .update(`${path.relative(directory, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
};

const listFiles = async (directory: string): Promise<readonly string[]> => {
  const entries = await readdir(directory, { withFileTypes: true });
  const files = await Promise.all(
    entries.map((entry) => {
      const at = path.join(directory, entry.name);
      return entry.isDirectory() ? listFiles(at) : [at];
    }),
  );
  return files.flat().sort();
};

/** Key of an image: the hash of all that it is made of, but for the versions that its packages have on the day. */
export const imageKeyOf = (ingredients: {
  readonly recipeHash: string;
  readonly packages: readonly string[];
  readonly distribution: string;
  readonly codename: string;
}): string => {
  const { recipeHash, packages, distribution, codename } = ingredients;
  const all = JSON.stringify([recipeHash, packages, distribution, codename, ROOT_DISK_SIZE, GUEST_USER_ARGUMENTS]);
  return `${codename}-${createHash('sha256').update(all).digest('hex').slice(0, 16)}`;
};
