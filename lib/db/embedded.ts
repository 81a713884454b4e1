import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { writePrivateFile } from '@/lib/auth/private-file';
import { type Account, ensurePostgresPrograms, postgresAccount } from './postgres-programs';

const run = promisify(execFile);
const USER = 'headroom';
const READY_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 20_000;
/** Installations that start at the same moment find the same port free. */
const PORT_ATTEMPTS = 5;
const POLL_MS = 50;
/** Below 32768, where Linux begins to hand out ports to outgoing connections. */
const PORT_FIRST = 15_432;
const PORTS = 1_000;

export interface EmbeddedPostgres {
  /** Of the database `postgres`, as its owner. */
  readonly url: string;
  /** It ran already, started by a process that is gone. */
  readonly adopted: boolean;
  /** Whether the server process lives. */
  isRunning(): Promise<boolean>;
  /** Ends open sessions and stops the server; kills it at the deadline. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Where the server's own messages go; `postgres.log` below the directory by default. */
  readonly logPath?: string;
  /** The port of a server that is made now; the first free one from 15432 on by default. */
  readonly port?: number;
  /** False: a crash of the machine may lose what was written last. For tests. */
  readonly durable?: boolean;
}

interface Kept {
  readonly port: number;
  readonly password: string;
}

/**
 * Brings up the PostgreSQL server whose files are below `directory`: adopts the one that runs, starts the one that was
 * made before, or makes one with a random password. It listens at 127.0.0.1 only, outlives the process that started it,
 * and keeps port and password in `server.json` (mode 0600). PostgreSQL does not run as root: then it runs as `nobody`,
 * and every account has to be able to enter `directory`.
 */
export async function ensureEmbeddedPostgres(
  directory: string,
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const data = join(directory, 'data');
  const keptPath = join(directory, 'server.json');
  const found = await findKept(keptPath);
  if (found !== null && (await answers(found))) return handle(data, found, true);

  const account = await postgresAccount();
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (account !== null) await chmod(directory, 0o755);
  const programs = await ensurePostgresPrograms(directory, account);
  const kept = {
    port: found !== null && (await isFree(found.port)) ? found.port : (options.port ?? (await freePort())),
    password: found?.password ?? randomBytes(18).toString('base64url'),
  };
  if (!(await exists(data))) await initialise(programs, data, kept.password, account);
  await assertVersionFits(programs, data);
  const logPath = options.logPath ?? join(directory, 'postgres.log');
  for (let attempt = 1; ; attempt++) {
    await writePrivateFile(keptPath, JSON.stringify(kept));
    try {
      await start(programs, data, kept, logPath, options.durable ?? true, account);
      return handle(data, kept, false);
    } catch (error) {
      // Another program took the port since it was found free.
      if (attempt >= PORT_ATTEMPTS || options.port !== undefined || (await isFree(kept.port))) throw error;
      kept.port = await freePort();
    }
  }
}

/** Stops the server below `directory` when one runs. */
export async function stopEmbeddedPostgres(directory: string): Promise<void> {
  const data = join(directory, 'data');
  const pid = await findPid(data);
  if (pid === null) return;
  kill(pid, 'SIGINT');
  const deadline = Date.now() + STOP_DEADLINE_MS;
  while (isAlive(pid)) {
    if (Date.now() > deadline) kill(pid, 'SIGQUIT');
    if (Date.now() > deadline + STOP_DEADLINE_MS) kill(pid, 'SIGKILL');
    await delay(POLL_MS);
  }
}

const urlOf = ({ port, password }: Kept): string => `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`;

const handle = (data: string, kept: Kept, adopted: boolean): EmbeddedPostgres => ({
  url: urlOf(kept),
  adopted,
  isRunning: async () => (await findPid(data)) !== null,
  stop: () => stopEmbeddedPostgres(join(data, '..')),
});

const exists = (path: string): Promise<boolean> => stat(path).then(Boolean, () => false);

async function findKept(path: string): Promise<Kept | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const value: Partial<Kept> = JSON.parse(text);
  if (typeof value.port !== 'number' || typeof value.password !== 'string') {
    throw new Error(`${path} does not name a port and a password.`);
  }
  return { port: value.port, password: value.password };
}

/** PostgreSQL's format on disk changes with its major version; it would refuse to start with less helpful words. */
async function assertVersionFits(programs: string, data: string): Promise<void> {
  const [made, { stdout }] = await Promise.all([
    readFile(join(data, 'PG_VERSION'), 'utf8'),
    run(join(programs, 'bin', 'postgres'), ['--version'], { timeout: READY_DEADLINE_MS }),
  ]);
  const major = /(\d+)[.\w]/.exec(stdout)?.[1];
  if (major === made.trim()) return;
  throw new Error(
    `${data} was made by PostgreSQL ${made.trim()}, this is ${stdout.trim()}: dump it with the old version and restore it.`,
  );
}

async function initialise(programs: string, data: string, password: string, account: Account | null): Promise<void> {
  const directory = join(data, '..');
  const passwordFile = join(directory, 'password');
  // Made aside and renamed: a half-made one would be taken for a whole one by the next start.
  const part = `${data}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { mode: 0o700 });
  if (account !== null) await chown(part, account.uid, account.gid);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== null) await chown(passwordFile, account.uid, account.gid);
  const auth = ['-U', USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const args = ['-D', part, ...auth, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  try {
    await run(join(programs, 'bin', 'initdb'), args, { timeout: READY_DEADLINE_MS, cwd: directory, ...account });
    await rename(part, data);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function start(
  programs: string,
  data: string,
  kept: Kept,
  logPath: string,
  durable: boolean,
  account: Account | null,
): Promise<void> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const args = ['-D', data, '-p', String(kept.port), ...settings.flatMap((s) => ['-c', s])];
  const log = await open(logPath, 'a', 0o600);
  const server = spawn(join(programs, 'bin', 'postgres'), args, {
    stdio: ['ignore', log.fd, log.fd],
    cwd: join(data, '..'),
    detached: true,
    ...account,
  });
  let failure: Error | null = null;
  server.once('error', (error) => {
    failure = error;
  });
  await log.close();
  server.unref();
  const deadline = Date.now() + READY_DEADLINE_MS;
  while (!(await answers(kept))) {
    if (failure !== null || server.exitCode !== null || Date.now() > deadline) {
      server.kill('SIGKILL');
      const words = (await readFile(logPath, 'utf8')).slice(-2_000);
      throw new Error(`PostgreSQL did not start:\n${words}`, { cause: failure });
    }
    await delay(POLL_MS);
  }
}

async function answers(kept: Kept): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(kept), connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The running server's process id: the first line of its own lock file, if that process is a PostgreSQL. */
async function findPid(data: string): Promise<number | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid < 2 || !isAlive(pid)) return null;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return command === null || command.includes(data) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime, which is what was wanted.
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

async function freePort(): Promise<number> {
  for (let port = PORT_FIRST; port < PORT_FIRST + PORTS; port += 1) if (await isFree(port)) return port;
  throw new Error(`No free port for PostgreSQL from ${PORT_FIRST} on.`);
}
