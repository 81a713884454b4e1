import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEmbeddedPostgres } from './embedded';
import { createTemplate } from './testing';

/**
 * One database server for a whole test run; HEADROOM_TEST_DATABASE_URL names another one to be used instead. Migrations
 * are applied once, to the template that test databases are copies of. The teardown it resolves with removes what this
 * made.
 */
export default async function startTestServer(): Promise<() => Promise<void>> {
  if (process.env.HEADROOM_TEST_DATABASE_URL) return createTemplate();
  const directory = await mkdtemp(join(tmpdir(), 'headroom-postgres-'));
  try {
    await chmod(directory, 0o755);
    const server = await ensureEmbeddedPostgres(directory, { durable: false });
    process.env.HEADROOM_TEST_DATABASE_URL = server.url;
    await createTemplate();
    return async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}
