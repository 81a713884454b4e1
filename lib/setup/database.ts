import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { writePrivateFile } from '@/lib/auth/private-file';
import { LOCAL_FILES } from '@/lib/cli/home';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/db/embedded';
import { migrateDatabase } from '@/lib/db/migrate';
import { ensureWebRole } from '@/lib/db/web-role';
import { SetupError } from './setup-error.mjs';

const DATABASE = 'headroom';

export interface Database {
  /** As the owner; for the orchestrator and the command line. */
  readonly url: string;
  /** For the web process: fewer rights where the server is ours. */
  readonly webUrl: string;
  /** Whether the server still runs; one that is not ours is taken to. */
  isRunning(): Promise<boolean>;
  /** Starts the server again after it ended. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The database with its schema up to date: the server of DATABASE_URL, else one of our own below the state directory.
 */
export const ensureDatabase = async (home: string, external: string | undefined): Promise<Database> => {
  const database = external === undefined || external === '' ? await ownDatabase(home) : await otherDatabase(external);
  const path = join(home, LOCAL_FILES.databaseUrl);
  await writePrivateFile(path, `${database.url}\n`);
  return database;
};

const ownDatabase = async (home: string): Promise<Database> => {
  const directory = join(home, 'postgres');
  const wanted = Number(process.env.HEADROOM_POSTGRES_PORT || Number.NaN);
  const options = {
    logPath: join(home, 'logs', 'postgres.log'),
    ...(Number.isInteger(wanted) ? { port: wanted } : {}),
  };
  const server = await ensureEmbeddedPostgres(directory, options);
  const url = await ensureDatabaseOn(server.url);
  await migrateDatabase(url);
  return {
    url,
    webUrl: await ensureWebRole(url),
    isRunning: server.isRunning,
    restart: async () => void (await ensureEmbeddedPostgres(directory, options)),
    stop: () => stopEmbeddedPostgres(directory),
  };
};

const otherDatabase = async (url: string): Promise<Database> => {
  try {
    await migrateDatabase(url);
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`The database of DATABASE_URL (${host}${pathname}) cannot be used: ${reason}`);
  }
  return {
    url,
    webUrl: url,
    isRunning: async () => true,
    restart: async () => undefined,
    stop: async () => undefined,
  };
};

const ensureDatabaseOn = async (server: string): Promise<string> => {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${DATABASE}`;
  return url.toString();
};

/** The folders of the state directory that set-up writes to; what they hold is for their owner alone. */
export const ensureHomeFolders = async (home: string): Promise<void> => {
  for (const name of ['logs', 'run']) {
    await mkdir(join(home, name), { recursive: true });
    await chmod(join(home, name), 0o700);
  }
};
