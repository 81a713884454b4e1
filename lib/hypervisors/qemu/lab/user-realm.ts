import { spawn } from 'node:child_process';
import { access, constants, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HypervisorError } from '../../types';
import { run } from '../run';
import { type Prefix, type Realm, runInOrThrow } from './realm';

interface Holder {
  readonly pid: number;
  /** Start time from /proc, in clock ticks: a process id may have been given again. */
  readonly startTime: string;
}

const DEADLINE_MS = 10_000;

/**
 * The realm of an ordinary user: a user namespace with a mount namespace of its own, both kept alive by one process
 * that sleeps and outlives its maker. The network namespaces are bound to files in the state directory, visible from
 * within only, and vanish with the holder.
 */
export const createUserRealm = (directory: string): Realm => {
  const holderFile = path.join(directory, 'holder.json');
  const namespaces = path.join(directory, 'netns');
  let holder: Holder | null = null;

  const findHolder = async (): Promise<Holder | null> => {
    const text = await readFile(holderFile, 'utf8').catch(() => null);
    const stored = text === null ? null : parseHolder(text);
    return stored !== null && (await startTimeOf(stored.pid)) === stored.startTime ? stored : null;
  };

  const enter = (): Prefix => {
    if (holder === null) throw new HypervisorError('wrong_state', 'The lab is not there: ensure() makes it.');
    return {
      command: 'nsenter',
      args: ['--target', String(holder.pid), '--user', '--preserve-credentials', '--mount', '--'],
    };
  };

  return {
    ownUserId: 0,
    ensure: async () => {
      await requireDevice();
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await mkdir(namespaces, { recursive: true, mode: 0o700 });
      holder = await findHolder();
      if (holder !== null) return;
      // Files of an earlier holder's namespaces.
      await rm(namespaces, { recursive: true, force: true });
      await mkdir(namespaces, { mode: 0o700 });
      holder = await startHolder();
      await writeFile(holderFile, JSON.stringify(holder), { mode: 0o600 });
    },
    fileOf: (namespace) => path.join(namespaces, namespace),
    listNamespaces: async () => {
      holder ??= await findHolder();
      return holder === null ? [] : readdir(namespaces);
    },
    addNamespaces: async (names) => {
      const script = 'for file; do : > "$file"; unshare --net="$file" true; done';
      if (names.length > 0) {
        await runInOrThrow(enter(), ['sh', '-euc', script, 'sh', ...names.map((n) => path.join(namespaces, n))]);
      }
    },
    remove: async () => {
      holder ??= await findHolder();
      if (holder !== null) process.kill(holder.pid, 'SIGKILL');
      holder = null;
      await rm(holderFile, { force: true });
      await rm(namespaces, { recursive: true, force: true });
    },
    enter,
  };
};

const parseHolder = (text: string): Holder | null => {
  try {
    const { pid, startTime } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof startTime === 'string' ? { pid, startTime } : null;
  } catch {
    return null;
  }
};

/** Field 22 of /proc/<pid>/stat, see proc(5); the name before may contain spaces, but no further parenthesis. */
const startTimeOf = async (pid: number): Promise<string | null> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
};

const requireDevice = async (): Promise<void> => {
  const allowed = await access('/dev/net/tun', constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (allowed) return;
  throw new HypervisorError('failed', 'VMs need network devices. Once, as root: chmod 0666 /dev/net/tun');
};

const startHolder = async (): Promise<Holder> => {
  const trial = await run('unshare', ['--user', '--map-root-user', '--net', '--mount', 'true'], {
    deadlineMs: DEADLINE_MS,
  });
  if (trial.code !== 0) throw notAllowed(trial.stderr);
  const args = ['--user', '--map-root-user', '--mount', 'sh', '-c', 'echo ready; exec sleep infinity'];
  const child = spawn('unshare', args, { detached: true, cwd: '/', stdio: ['ignore', 'pipe', 'ignore'] });
  const { pid } = child;
  const isReady = await new Promise<boolean>((resolve) => {
    child.stdout.once('data', () => resolve(true));
    child.once('error', () => resolve(false));
    child.once('exit', () => resolve(false));
  });
  const startTime = pid === undefined ? null : await startTimeOf(pid);
  if (!isReady || pid === undefined || startTime === null) throw notAllowed('the holder ended at once');
  child.stdout.destroy();
  child.unref();
  return { pid, startTime };
};

/** Debian and Ubuntu have one switch each that forbids user namespaces to ordinary users. */
const notAllowed = (why: string): HypervisorError =>
  new HypervisorError(
    'failed',
    'This kernel lets ordinary users have no networks of their own. Either start Headroom as root, or once, as root: ' +
      'sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0 ' +
      `(whichever of the two there is). The kernel said: ${why.trim()}`,
  );
