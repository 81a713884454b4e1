import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** The advisory lock that Prisma Migrate itself takes, so that the two never run at once. */
const MIGRATE_LOCK = 72_707_369;
const LOCK_TIMEOUT_MS = 60_000;

const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

export const readMigrations = async (directory: string): Promise<readonly Migration[]> => {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

/**
 * Applies what is missing from `directory`, in order, as `prisma migrate deploy` does (same table, checksum and lock),
 * with nothing but `pg`. Each migration is one implicit transaction: it applies whole or not at all. Returns the names
 * applied. Throws when an applied migration was edited since, or one failed and was not resolved.
 */
export const migrateDatabase = async (url: string, directory = 'prisma/migrations'): Promise<readonly string[]> => {
  const migrations = await readMigrations(directory);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    await client.query(TABLE);
    const applied = await client.query<AppliedRow>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    );
    const missing = selectMissing(migrations, applied.rows);
    for (const migration of missing) await apply(client, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await client.end();
  }
};

const selectMissing = (migrations: readonly Migration[], rows: readonly AppliedRow[]): readonly Migration[] => {
  const failed = rows.find((row) => row.finished_at === null);
  if (failed !== undefined) {
    throw new Error(`Migration ${failed.migration_name} failed earlier; see "prisma migrate resolve".`);
  }
  const checksums = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  return migrations.filter((migration) => {
    const checksum = checksums.get(migration.name);
    if (checksum !== undefined && checksum !== migration.checksum) {
      throw new Error(`Migration ${migration.name} was edited after it was applied: this database has an older form.`);
    }
    return checksum === undefined;
  });
};

const apply = async (client: pg.Client, migration: Migration): Promise<void> => {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    migration.checksum,
    migration.name,
  ]);
  try {
    await client.query(migration.sql);
  } catch (error) {
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)]);
    throw error;
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id]);
};
