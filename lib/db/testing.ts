import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, type DatabaseConnection } from './client';
import { migrateDatabase } from './migrate';

export interface TestDatabase extends DatabaseConnection {
  readonly url: string;
}

const admin = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: process.env.HEADROOM_TEST_DATABASE_URL ?? '' });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const urlOf = (name: string): string => {
  const url = new URL(process.env.HEADROOM_TEST_DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  return url.toString();
};

/** Makes the migrated database that test databases of this run are copies of; resolves with what drops it. */
export const createTemplate = async (): Promise<() => Promise<void>> => {
  const name = `template_${randomBytes(6).toString('hex')}`;
  await admin(`create database ${name}`);
  await migrateDatabase(urlOf(name));
  process.env.HEADROOM_TEST_DATABASE_TEMPLATE = name;
  return () => admin(`drop database ${name} with (force)`);
};

/** A migrated database of its own. Files are copied, which takes a quarter of the time that migrations take. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = urlOf(name);
  await admin(`create database ${name} template ${process.env.HEADROOM_TEST_DATABASE_TEMPLATE} strategy file_copy`);
  const connection = createDatabase(url);
  return {
    ...connection,
    url,
    close: async () => {
      await connection.close();
      await admin(`drop database ${name} with (force)`);
    },
  };
};
