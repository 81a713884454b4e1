// `npm run migration -- <name>`: writes the migration that brings the database from the migrations to the schema, on a
// database server of its own that is removed again.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { register } from 'tsx/esm/api';
import { run } from './run.mjs';

const DEADLINE_MS = 120_000;
const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run migration -- <name>, such as add_policies');
  process.exit(2);
}
register({ tsconfig: resolve('tsconfig.json') });
const { ensureEmbeddedPostgres } = await import('../db/embedded.ts');
const directory = mkdtempSync(join(tmpdir(), 'headroom-migration-'));
chmodSync(directory, 0o755);
const server = await ensureEmbeddedPostgres(directory, { durable: false });
try {
  const { code, output } = await run('node_modules/.bin/prisma', ['migrate', 'dev', '--create-only', '--name', name], {
    deadlineMs: DEADLINE_MS,
    env: {
      ...process.env,
      DATABASE_URL: server.url,
      PRISMA_SCHEMA_ENGINE_BINARY: resolve('lib/setup/schema-engine.mjs'),
    },
  });
  console.log(output);
  process.exitCode = code;
} finally {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}
