import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { run } from './run.mjs';

const STAMP = 'node_modules/.headroom-lockfile';

/** Installs the npm packages of the lockfile unless exactly these are installed. Throws with npm's own words. */
export async function ensureNpmPackages() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return false;
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund'], { deadlineMs: 600_000 });
  if (code !== 0) throw new Error(`npm ci failed:\n${output}`);
  writeFileSync(STAMP, wanted);
  return true;
}

/** Writes the database client from the schema. Its engine is not needed for that. */
export async function ensureDatabaseClient() {
  const { code, output } = await run('node_modules/.bin/prisma', ['generate'], {
    deadlineMs: 120_000,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' },
  });
  if (code !== 0) throw new Error(`prisma generate failed:\n${output}`);
}
