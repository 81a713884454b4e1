import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HypervisorError } from '../../types';
import { withFileLock } from '../file-lock';
import { run, runOrThrow } from '../run';
import { type MachineRelease, readMachineRelease } from './machine-release';
import { GUEST_USER_ARGUMENTS, hashRecipe, imageKeyOf, packagesOf, RECIPE_DIRECTORY, ROOT_DISK_SIZE } from './recipe';

export interface BuildImageOptions {
  /** Debian packages besides the base and those of the built-in workloads. */
  readonly packages: readonly string[];
  readonly imagesDirectory: string;
  readonly progress: (message: string, fraction: number) => void;
  readonly deadlineMs?: number;
}

export interface GuestImage {
  readonly key: string;
  /** Holds the files below; never changes once it is there. */
  readonly directory: string;
  /** Raw ext4 file system without partitions. */
  readonly rootDisk: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly kernelVersion: string;
}

/** A build takes 40 to 90 s on two cores; a slow mirror may make it ten times that. */
const BUILD_DEADLINE_MS = 900_000;
const UNFINISHED = '.building-';

/** Programs that a build runs, with the Debian package of each. */
const PROGRAMS = { mmdebstrap: 'mmdebstrap', cpio: 'cpio', mke2fs: 'e2fsprogs', zstd: 'zstd' } as const;

/**
 * Builds the guest image, or finds it by the hash of what it is made of. It appears whole or not at all; a build that
 * was interrupted is removed by the next one. Two builders at once make one image: the second waits for the first.
 * Throws `failed` with the build's last words, `deadline` when it does not end.
 */
export const buildImage = async (options: BuildImageOptions): Promise<GuestImage> => {
  const release = await readMachineRelease();
  const packages = packagesOf(options.packages);
  const key = imageKeyOf({ recipeHash: await hashRecipe(), packages, ...release });
  const directory = path.join(options.imagesDirectory, key);
  if (!(await isThere(directory))) {
    const deadlineMs = options.deadlineMs ?? BUILD_DEADLINE_MS;
    const onWait = () => options.progress('Another process builds an image; waiting for it', 0);
    await withFileLock(path.join(options.imagesDirectory, '.build.lock'), { waitMs: deadlineMs, onWait }, async () => {
      if (await isThere(directory)) return;
      await removeUnfinished(options.imagesDirectory);
      await build({ release, packages, directory, deadlineMs, progress: options.progress });
    });
  }
  options.progress('The guest image is ready', 1);
  return openImage(key, directory);
};

/** The image with this key. Throws `image_missing`. */
export const getImage = async (imagesDirectory: string, key: string): Promise<GuestImage> => {
  const directory = path.join(imagesDirectory, key);
  if (!(await isThere(directory))) throw new HypervisorError('image_missing', `There is no guest image ${key}.`);
  return openImage(key, directory);
};

const isThere = (directory: string): Promise<boolean> =>
  stat(path.join(directory, 'root.img')).then(
    () => true,
    () => false,
  );

const openImage = async (key: string, directory: string): Promise<GuestImage> => ({
  key,
  directory,
  rootDisk: path.join(directory, 'root.img'),
  kernel: path.join(directory, 'vmlinuz'),
  initrd: path.join(directory, 'initrd'),
  kernelVersion: (await readFile(path.join(directory, 'kernel-version'), 'utf8')).trim(),
});

const build = async (job: {
  readonly release: MachineRelease;
  readonly packages: readonly string[];
  readonly directory: string;
  readonly deadlineMs: number;
  readonly progress: BuildImageOptions['progress'];
}): Promise<void> => {
  await requirePrograms();
  const { release, directory, progress } = job;
  const work = path.join(path.dirname(directory), `${UNFINISHED}${path.basename(directory)}`);
  const out = path.join(work, 'out');
  try {
    await mkdir(out, { recursive: true });
    // An ordinary user builds in a user namespace: there, its root is another user to these directories.
    await chmod(work, 0o777);
    await chmod(out, 0o777);
    const [sources, configuration] = [path.join(work, 'sources.list'), path.join(work, 'apt.conf')];
    await writeFile(sources, release.sources);
    await writeFile(configuration, release.aptConfiguration);
    const reporter = newReporter(progress);
    const { command, args } = withinOwnProcesses([
      `--mode=${isRoot() ? 'root' : 'unshare'}`,
      '--variant=minbase',
      '--format=null',
      // The tree is thrown away: only the disk that the hook makes of it is kept.
      '--skip=cleanup',
      `--aptopt=${configuration}`,
      `--include=${job.packages.join(',')}`,
      `--customize-hook=${hook(out, release.kernelPackage)}`,
      release.codename,
      '/dev/null',
      sources,
    ]);
    progress('Fetching the packages of the guest image', 0.02);
    await runOrThrow(command, args, {
      deadlineMs: job.deadlineMs,
      env: { ...process.env, TMPDIR: work, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
      onLine: reporter,
    });
    await chmod(out, 0o755);
    await writeFile(path.join(out, 'packages'), `${job.packages.join('\n')}\n`);
    await rename(out, directory);
  } finally {
    await removeTree(work);
  }
};

const isRoot = (): boolean => process.getuid?.() === 0;

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const hook = (out: string, kernelPackage: string): string =>
  [
    'sh',
    quote(path.join(RECIPE_DIRECTORY, 'customize.sh')),
    '"$1"',
    ...[out, RECIPE_DIRECTORY, kernelPackage, ROOT_DISK_SIZE, ...GUEST_USER_ARGUMENTS].map(quote),
  ].join(' ');

/** The build with everything that it starts ends when this process does, and leaves no mount behind. */
const withinOwnProcesses = (args: readonly string[]): { command: string; args: readonly string[] } => {
  // Without root, mmdebstrap makes such namespaces itself.
  const namespaces = isRoot() ? ['unshare', '--fork', '--pid', '--mount', '--kill-child=KILL'] : [];
  return { command: 'setpriv', args: ['--pdeathsig', 'KILL', ...namespaces, 'mmdebstrap', ...args] };
};

/** mmdebstrap's messages and the recipe's stages, with how far each is into the whole. */
const STAGES: readonly (readonly [RegExp, string, number])[] = [
  [/^I: running apt-get update/, 'Reading the package lists', 0.05],
  [/^I: downloading packages/, 'Fetching the packages of the guest image', 0.12],
  [/^I: extracting archives/, 'Unpacking the base system', 0.3],
  [/^I: installing essential/, 'Installing the base system', 0.4],
  [/^I: installing remaining/, 'Installing the clustering process and the workloads', 0.5],
  [/^HEADROOM-STAGE Fetching/, 'Fetching the guest’s kernel', 0.75],
  [/^HEADROOM-STAGE Packing/, 'Packing the initial RAM disk', 0.85],
  [/^HEADROOM-STAGE Writing/, 'Writing the root disk', 0.92],
];

const newReporter = (progress: BuildImageOptions['progress']) => (line: string) => {
  const stage = STAGES.find(([pattern]) => pattern.test(line));
  if (stage !== undefined) progress(stage[1], stage[2]);
};

const requirePrograms = async (): Promise<void> => {
  const missing = await Promise.all(
    Object.entries(PROGRAMS).map(async ([program, debianPackage]) => {
      const { code } = await run('sh', ['-c', 'command -v "$0"', program], { deadlineMs: 10_000 });
      return code === 0 ? [] : [debianPackage];
    }),
  );
  const packages = missing.flat();
  if (packages.length === 0) return;
  throw new HypervisorError('failed', `Building the guest image needs: apt-get install ${packages.join(' ')}`);
};

/** Only the holder of the lock builds: what is unfinished is a dead builder's. */
const removeUnfinished = async (imagesDirectory: string): Promise<void> => {
  for (const name of await readdir(imagesDirectory)) {
    if (name.startsWith(UNFINISHED)) await removeTree(path.join(imagesDirectory, name));
  }
};

const removeTree = async (directory: string): Promise<void> => {
  try {
    await rm(directory, { recursive: true, force: true });
  } catch {
    // Files of a user namespace's other users: only a namespace like it may remove them.
    const args = ['--user', '--map-root-user', '--map-auto', 'rm', '-rf', directory];
    await runOrThrow('unshare', args, { deadlineMs: 60_000 });
  }
};
