import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type DatabaseConnection } from '@/lib/db/client';
import { ensureEmbeddedPostgres } from '@/lib/db/embedded';
import { migrateDatabase } from '@/lib/db/migrate';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { untilInterrupted } from '../interruption';
import { seedConsole } from './seed';
import { startWeb, type Web } from './web';

export interface LargeConsole {
  readonly web: Web;
  /** Of the API. */
  readonly token: string;
  readonly connection: DatabaseConnection;
}

/** An event as every act writes it: committed first, then everybody is woken. */
export const causeEvent = async ({ prisma }: DatabaseConnection): Promise<void> => {
  await prisma.$transaction((tx) => appendEvents(tx, [{ kind: 'host', payload: { host: 'host-1' } }]));
  await notifyEvents(prisma);
};

/** Runs with a large installation in a database of its own, and removes both. */
export const withLargeConsole = async <T>(
  say: (line: string) => void,
  run: (console: LargeConsole) => Promise<T>,
): Promise<T> => {
  const home = await mkdtemp(join(tmpdir(), 'headroom-bench-console-'));
  await chmod(home, 0o755);
  const server = await ensureEmbeddedPostgres(join(home, 'postgres'), { durable: false });
  try {
    await migrateDatabase(server.url);
    const connection = createDatabase(server.url);
    try {
      const token = await seedConsole(connection);
      const web = await startWeb(home, server.url, say);
      try {
        return await untilInterrupted(() => run({ web, token, connection }));
      } finally {
        await web.stop();
      }
    } finally {
      await connection.close();
    }
  } finally {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
};
