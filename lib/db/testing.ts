import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, type DatabaseConnection } from './client';
import { migrateDatabase } from './migrate';

export interface TestDatabase extends DatabaseConnection {
  readonly url: string;
}

export const createTestDatabase = async (): Promise<TestDatabase> => {
  const server = process.env.HEADROOM_TEST_DATABASE_URL ?? '';
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await admin(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrateDatabase(url.toString());
  const connection = createDatabase(url.toString());
  return {
    ...connection,
    url: url.toString(),
    close: async () => {
      await connection.close();
      await admin(`drop database ${name} with (force)`);
    },
  };
};
