import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HypervisorError } from '../../types';
import { withFileLock } from '../file-lock';
import { GuestAgent } from '../guest/agent';
import { createGuestChannel } from '../guest/channel';
import { GuestShell } from '../guest/shell';
import type { GuestImage } from '../image';
import { giveToVmUser, takeFromVmUser } from '../lab/vm-user';
import { runOrThrow } from '../run';
import { type Machine, renderCommandLine, VM_FILES } from '../vm/command-line';
import { launch } from '../vm/launch';
import { killProcess, killProcessesIn, untilGone } from '../vm/process';
import type { Qmp } from '../wire/qmp';
import { describeProcessor } from './processor';

/** Virtual size of a clone's disk unless its shape asks for more. */
export const GOLDEN_DISK_GIB = 4;

/** A boot that was interrupted: stopped VMs of this image, ready to go on anywhere on this machine. */
export interface GoldenSnapshot {
  readonly directory: string;
  /** State of memory and devices. */
  readonly state: string;
  /** An empty overlay on the snapshot's disk, to be copied for each clone. */
  readonly overlay: string;
}

/** Raised when snapshots are made in another way than before. */
const FORMAT = 2;
const BUILD_DEADLINE_MS = 300_000;
const BOOT_DEADLINE_MS = 120_000;
const BOOT_ATTEMPTS = 2;
const SAVE_DEADLINE_MS = 60_000;
const UNFINISHED = '.golden-';
const STATE_SOCKET = 'state.sock';
const FILES = { state: 'state', disk: 'disk.qcow2', overlay: 'overlay.qcow2' } as const;

/**
 * Run in the guest before it is stopped: the disk at its full size, the modules that clustering needs, nothing left to
 * do (udev's workers end when they were idle for three seconds, and the kernel has then measured its clock's speed well), and
 * how much memory the base shape has. Its page cache stays: a clone starts with the programs and their libraries in memory. Clones
 * must not go on filling inode tables in the background (ext4 does without): that would be work for each of them.
 */
const SETTLE = `set -eu
resize2fs /dev/vda > /dev/null 2>&1
mount -o remount,noinit_itable /
systemctl is-system-running --wait > /dev/null 2>&1 || true
tries=0
while pgrep -f udev-worker > /dev/null && [ $tries -lt 50 ]; do sleep 0.2; tries=$((tries + 1)); done
tries=0
clock=/sys/devices/system/clocksource/clocksource0/current_clocksource
while [ "$(cat $clock)" = tsc-early ] && [ $tries -lt 50 ]; do sleep 0.2; tries=$((tries + 1)); done
programs='/usr/sbin/haproxy /usr/sbin/keepalived /usr/sbin/nginx /usr/bin/nc.openbsd /usr/sbin/nft /sbin/tc /sbin/ipvsadm /bin/mkdir /usr/bin/perl'
modules=$(find /usr/lib/nginx/modules /usr/lib/*/lua /usr/lib/lua -name '*.so' 2> /dev/null || true)
{ echo $programs $modules; ldd $programs $modules | awk '$2 == "=>" && $3 ~ "^/" { print $3 }' | sort -u; } | xargs cat > /dev/null
read -r _ total _ < /proc/meminfo
echo "$total" > /run/headroom-base-memory
sync
`;

let knownVersion: Promise<string> | null = null;

/** What QEMU says of itself. Asked once: each start needs it, and the question takes some 50 ms. */
const findVersion = (): Promise<string> => {
  knownVersion ??= runOrThrow('qemu-system-x86_64', ['--version'], { deadlineMs: 10_000 }).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      knownVersion = null;
      throw error;
    },
  );
  return knownVersion;
};

/** A snapshot fits one image, QEMU, machine type, accelerator and processor only. */
const keyOf = async (image: GuestImage, machine: Machine): Promise<string> => {
  const [version, processor] = await Promise.all([findVersion(), describeProcessor()]);
  const nameless = { kernel: '', initrd: '' };
  const args = renderCommandLine({ name: '', machine, image: nameless, cache: 'writeback', incoming: false });
  const facts = [FORMAT, image.key, version, args, processor, GOLDEN_DISK_GIB, SETTLE];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
};

export const findGolden = async (
  imagesDirectory: string,
  image: GuestImage,
  machine: Machine,
): Promise<GoldenSnapshot | null> => {
  const directory = path.join(imagesDirectory, `golden-${await keyOf(image, machine)}`);
  const isThere = await stat(path.join(directory, FILES.overlay)).catch(() => null);
  return isThere === null ? null : openGolden(directory);
};

const openGolden = (directory: string): GoldenSnapshot => ({
  directory,
  state: path.join(directory, FILES.state),
  overlay: path.join(directory, FILES.overlay),
});

/** Builds the golden snapshot or finds it. It appears whole or not at all; two builders at once make one. */
export const ensureGolden = async (
  imagesDirectory: string,
  image: GuestImage,
  machine: Machine,
  progress: (message: string, fraction: number) => void,
): Promise<GoldenSnapshot> => {
  const known = await findGolden(imagesDirectory, image, machine);
  if (known !== null) return known;
  const lock = path.join(imagesDirectory, '.golden.lock');
  const onWait = (): void => progress('Another process makes the golden snapshot; waiting for it', 0);
  return withFileLock(lock, { waitMs: BUILD_DEADLINE_MS, onWait }, async () => {
    const meanwhile = await findGolden(imagesDirectory, image, machine);
    if (meanwhile !== null) return meanwhile;
    for (const name of await readdir(imagesDirectory)) {
      if (!name.startsWith(UNFINISHED)) continue;
      await killProcessesIn(path.join(imagesDirectory, name));
      await rm(path.join(imagesDirectory, name), { recursive: true, force: true });
    }
    const directory = path.join(imagesDirectory, `golden-${await keyOf(image, machine)}`);
    for (let attempt = 1; ; attempt++) {
      try {
        return await build(imagesDirectory, directory, image, machine, progress);
      } catch (error) {
        if (attempt >= BOOT_ATTEMPTS) throw error;
        progress('The guest did not come up; trying once more', 0);
      }
    }
  });
};

const build = async (
  imagesDirectory: string,
  directory: string,
  image: GuestImage,
  machine: Machine,
  progress: (message: string, fraction: number) => void,
): Promise<GoldenSnapshot> => {
  const unfinished = path.join(imagesDirectory, `${UNFINISHED}${process.pid}`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  try {
    const disk = path.join(unfinished, FILES.disk);
    await createOverlay(disk, { file: image.rootDisk, format: 'raw' });
    await giveToVmUser([unfinished, disk]);
    progress('Booting a guest for the golden snapshot', 0.1);
    await bootAndSave(unfinished, image, machine, progress);
    for (const name of Object.values(VM_FILES))
      if (name !== VM_FILES.disk) await rm(path.join(unfinished, name), { force: true });
    await chmod(unfinished, 0o755);
    await chmod(disk, 0o444);
    // Every clone relies on it, so no clone may change it.
    await takeFromVmUser([unfinished, disk]);
    // The overlay names the disk where it will be.
    await rename(unfinished, directory);
    const overlay = path.join(directory, `${FILES.overlay}.new`);
    await createOverlay(overlay, { file: path.join(directory, FILES.disk), format: 'qcow2' });
    await rename(overlay, path.join(directory, FILES.overlay));
    progress('The golden snapshot is ready', 1);
    return openGolden(directory);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
};

const createOverlay = (file: string, backing: { readonly file: string; readonly format: string }) =>
  runOrThrow(
    'qemu-img',
    ['create', '-q', '-f', 'qcow2', '-b', backing.file, '-F', backing.format, file, `${GOLDEN_DISK_GIB}G`],
    { deadlineMs: 20_000 },
  );

const bootAndSave = async (
  directory: string,
  image: GuestImage,
  machine: Machine,
  progress: (message: string, fraction: number) => void,
): Promise<void> => {
  const args = renderCommandLine({ name: 'golden', machine, image, cache: 'unsafe', incoming: false });
  const started = {
    directory,
    prefix: null,
    args,
    snapshot: null,
    priority: 'standby',
    deadlineMs: BOOT_DEADLINE_MS,
  } as const;
  const { process: running, monitor } = await launch(started);
  const agent = new GuestAgent(path.join(directory, VM_FILES.agent));
  const shell = new GuestShell(path.join(directory, VM_FILES.shell));
  try {
    const channel = createGuestChannel(async () => ({ agent, shell }));
    await channel.ping({ timeoutMs: BOOT_DEADLINE_MS });
    progress('The guest is up; letting it settle', 0.6);
    const settled = await channel.exec('/bin/sh', ['-s'], { input: SETTLE, timeoutMs: BOOT_DEADLINE_MS });
    if (settled.exitCode !== 0) throw new HypervisorError('guest_failed', `It did not settle: ${settled.stderr}`);
    await shell.run(':', BOOT_DEADLINE_MS);
    agent.close();
    shell.close();
    progress('Saving the golden snapshot', 0.8);
    await save(monitor, directory);
    await monitor.execute('quit');
    await untilGone(running, SAVE_DEADLINE_MS);
  } finally {
    agent.close();
    shell.close();
    monitor.close();
    await killProcess(running);
  }
};

/** Through a socket: QEMU may start no program that would write the file, and its monitor takes no file of ours. */
const save = async (monitor: Qmp, directory: string): Promise<void> => {
  const socket = path.join(directory, STATE_SOCKET);
  const server = createServer();
  const written = new Promise<void>((resolve, reject) => {
    server.once('connection', (connection) => {
      const file = createWriteStream(path.join(directory, FILES.state), { mode: 0o600, flush: true });
      pipeline(connection, file).then(resolve, reject);
    });
    server.once('error', reject);
  });
  // Awaited below; a failure before that is the monitor's to report.
  written.catch(() => undefined);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  try {
    await giveToVmUser([socket]);
    await monitor.execute('stop');
    await monitor.execute('migrate-set-parameters', { 'max-bandwidth': 2 ** 40 });
    await monitor.execute('migrate', { uri: `unix:${STATE_SOCKET}` });
    await untilMigrated(monitor);
    await written;
  } finally {
    server.close();
    await rm(socket, { force: true });
  }
};

const untilMigrated = async (monitor: Qmp): Promise<void> => {
  const expires = performance.now() + SAVE_DEADLINE_MS;
  for (;;) {
    const { status } = (await monitor.execute('query-migrate')) as { status?: string };
    if (status === 'completed') return;
    if (status === 'failed' || status === 'cancelled')
      throw new HypervisorError('failed', `The snapshot cannot be saved: ${status}.`);
    if (performance.now() > expires) throw new HypervisorError('deadline', 'The snapshot was not saved in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** `pc-i440fx-7.2` for QEMU 7.2: the newest machine type that this QEMU knows under a version. */
export const findMachineType = async (): Promise<string> => {
  const { stdout } = await runOrThrow('qemu-system-x86_64', ['-machine', 'help'], { deadlineMs: 10_000 });
  const alias = /^pc\s.*\(alias of (pc-i440fx-[\d.]+)\)/m.exec(stdout);
  if (alias?.[1] === undefined) throw new HypervisorError('failed', 'This QEMU has no machine of type pc.');
  return alias[1];
};
