import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client';

export interface DatabaseConnection {
  readonly prisma: PrismaClient;
  /** The pool below the client, for statements that Prisma has no words for (LISTEN, batches by `unnest`). */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connectionsMax?: number;
  /** How long somebody waits for a connection, of the pool's or a new one, in milliseconds. */
  readonly connectDeadlineMs?: number;
  /** How long one statement may take, in milliseconds. */
  readonly answerDeadlineMs?: number;
}

/**
 * A client of its own. Whoever makes it calls `close`. What a server that stands still is asked rejects at a deadline, with
 * an error that `isDatabaseUnreachable` knows.
 */
export const createDatabase = (url: string, options: DatabaseOptions = {}): DatabaseConnection => {
  const { connectionsMax = 10, connectDeadlineMs = 10_000, answerDeadlineMs = 60_000 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: connectDeadlineMs,
    query_timeout: answerDeadlineMs,
    keepAlive: true,
  });
  // A connection that breaks while idle is dropped from the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const end = async (): Promise<void> => {
    await prisma.$disconnect();
    await pool.end();
  };
  let ending: Promise<void> | null = null;
  return {
    prisma,
    pool,
    close: () => {
      ending ??= end();
      return ending;
    },
  };
};

/** From DATABASE_URL. Throws when the process was started without it. */
export const databaseUrl = (): string => {
  const url = process.env.DATABASE_URL ?? '';
  if (url === '') throw new Error('DATABASE_URL is not set: start Headroom with `npm start`.');
  return url;
};

const holder = globalThis as typeof globalThis & { headroomDatabase?: DatabaseConnection | undefined };

/** Of the web process: nobody looks at a page that long. */
const REQUEST_DEADLINE_MS = 20_000;

/** The process's connection, one however often the module is loaded. */
export const getDatabaseConnection = (): DatabaseConnection => {
  holder.headroomDatabase ??= createDatabase(databaseUrl(), { answerDeadlineMs: REQUEST_DEADLINE_MS });
  return holder.headroomDatabase;
};

/** Ends the process's connection, if it has one; whoever asks for it afterwards gets a new one. */
export const closeDatabaseConnection = async (): Promise<void> => {
  const connection = holder.headroomDatabase;
  holder.headroomDatabase = undefined;
  await connection?.close();
};

/** The process's client; see `getDatabaseConnection`. */
export const getDatabase = (): PrismaClient => getDatabaseConnection().prisma;
