import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client';

export interface DatabaseConnection {
  readonly prisma: PrismaClient;
  /** The pool below the client, for statements that Prisma has no words for (LISTEN, batches by `unnest`). */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** A client of its own, with a pool of at most `connectionsMax`. Whoever makes it calls `close`. */
export const createDatabase = (url: string, options: { readonly connectionsMax?: number } = {}): DatabaseConnection => {
  const pool = new pg.Pool({ connectionString: url, max: options.connectionsMax ?? 10 });
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

const holder = globalThis as typeof globalThis & { headroomDatabase?: DatabaseConnection };

/** The process's connection, one however often the module is loaded. */
export const getDatabaseConnection = (): DatabaseConnection => {
  holder.headroomDatabase ??= createDatabase(databaseUrl());
  return holder.headroomDatabase;
};

/** The process's client; see `getDatabaseConnection`. */
export const getDatabase = (): PrismaClient => getDatabaseConnection().prisma;
