import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { everyoneMayEnter, everyoneMayRun } from '@/lib/db/postgres-programs';

const run = promisify(execFile);

/** Where systemd puts accounts that exist only while something runs under them (its `DynamicUser=`), below where accounts of fixed numbers begin. */
const UID_FIRST = 61_184;
const UID_LAST = 63_999;

const CHMOD_DEADLINE_MS = 120_000;

/** What a program may still do: nothing beyond its account, and no way to become more. */
const DROP = ['--clear-groups', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all'];

/**
 * Shows the web process only what it serves, read-only, at a place that every account may enter: a clone in /root is
 * closed to others. The mounts are private to this process and vanish with it. Arguments: node, project, then the
 * command, in which `node` stands for the program.
 */
const SCRIPT = `
node=$1 project=$2
shift 2
mount -t tmpfs -o mode=755,nosuid,nodev headroom /mnt
mkdir /mnt/project
touch /mnt/node
mount --bind "$node" /mnt/node
cd "$project"
cp package.json next.config.js /mnt/project/
if [ -d public ]; then cp -R public /mnt/project/; fi
chmod -R a+rX /mnt/project
for part in .next node_modules; do
  mkdir "/mnt/project/$part"
  mount --bind "$project/$part" "/mnt/project/$part"
  mount -o remount,bind,ro "/mnt/project/$part"
done
cd /mnt/project
exec "$@"
`;

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** The account of the web process: a number of its own for each state directory, without a name or a home. */
export const webUidOf = (home: string): number => {
  const digest = createHash('sha256')
    .update(`web ${resolve(home)}`)
    .digest();
  return UID_FIRST + (digest.readUInt32BE(0) % (UID_LAST - UID_FIRST + 1));
};

/** How to run Next with these arguments so that it is never root; as whoever we are when that is not root. */
export const webCommand = async (home: string, nextArgs: readonly string[]): Promise<Command> => {
  const next = ['node_modules/next/dist/bin/next', ...nextArgs];
  if (process.getuid?.() !== 0) return { command: process.execPath, args: next };
  const uid = String(webUidOf(home));
  const drop = [`--reuid=${uid}`, `--regid=${uid}`, ...DROP];
  const project = process.cwd();
  const [entered, node, own, made] = await Promise.all([
    everyoneMayEnter(project),
    everyoneMayRun(process.execPath),
    everyoneMayRead('package.json', 'next.config.js'),
    everyoneMayRead('.next/BUILD_ID', 'node_modules/next/package.json'),
  ]);
  if (!made) await run('chmod', ['-R', 'a+rX', 'node_modules', '.next'], { timeout: CHMOD_DEADLINE_MS });
  if (entered && node && own) return { command: 'setpriv', args: [...drop, process.execPath, ...next] };
  return {
    command: 'unshare',
    args: [
      ...['--mount', '--propagation', 'private', 'sh', '-euc', SCRIPT, 'sh', process.execPath, project],
      ...['setpriv', ...drop, '/mnt/node', ...next],
    ],
  };
};

/** Whether these samples are open to others; what came under a strict umask is not. */
const everyoneMayRead = async (...samples: readonly string[]): Promise<boolean> => {
  const modes = await Promise.all(samples.map(async (path) => (await stat(path)).mode));
  return modes.every((mode) => (mode & 0o004) !== 0);
};
