import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureLocalToken } from '@/lib/cli/ensure-local-token';
import { LOCAL_FILES } from '@/lib/cli/home';
import { createDatabase } from '@/lib/db/client';
import type { PrismaClient } from '@/lib/db/generated/client';
import { makeDemo } from './demo';
import { type AdministratorCredentials, ensureWayIn } from './first-administrator';
import { withProgress } from './progress.mjs';

export interface WelcomeOptions {
  readonly home: string;
  /** Of the console. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly administrator: AdministratorCredentials | null;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Makes what a first start makes, and says where everything is. */
export const welcome = async (options: WelcomeOptions): Promise<void> => {
  const { home, url, say } = options;
  const connection = createDatabase(options.databaseUrl, { connectionsMax: 1 });
  try {
    await ensureLocalToken(connection.prisma, home);
    const link = await ensureWayIn(connection.prisma, options.administrator);
    say(`\n  Console   ${url}`);
    if (link !== null) say(`  Make the first administrator, once, at\n            ${url}${link}`);
    say('');
    // A deleted cluster counts too: the demo does not come back.
    if ((await connection.prisma.cluster.count()) === 0) await showDemo(options);
    else await listClusters(connection.prisma, say);
    say('\n  Ctrl-C stops the control plane and leaves the virtual machines serving;');
    say('  `npx headroom down` stops everything.');
  } finally {
    await connection.close();
  }
};

const showDemo = async ({ home, url, say, signal }: WelcomeOptions): Promise<void> => {
  const token = (await readFile(join(home, LOCAL_FILES.token), 'utf8')).trim();
  try {
    const shop = await withProgress('demo cluster shop', (report) => makeDemo(url, token, report, signal));
    say(`\n  Demo      curl ${shop.endpoint}`);
  } catch (error) {
    if (signal.aborted) throw error;
    say(`  The demo cluster is not there: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const listClusters = async (db: PrismaClient, say: WelcomeOptions['say']): Promise<void> => {
  const clusters = await db.cluster.findMany({
    where: { state: { not: 'deleted' } },
    orderBy: { name: 'asc' },
    select: { name: true, gatewayPort: true },
  });
  for (const { name, gatewayPort } of clusters) say(`  Cluster   ${name}: curl http://127.0.0.1:${gatewayPort}/`);
};
