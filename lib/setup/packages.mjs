import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { run } from './run.mjs';

const LOCKFILE_STAMP = 'node_modules/.headroom-lockfile';
const CLIENT_STAMP = 'lib/db/generated/.headroom-schema';

/**
 * Installs the npm packages of the lockfile unless exactly these are installed. Throws with npm's own words.
 *
 * @returns {Promise<boolean>} whether they had to be installed
 */
export async function ensureNpmPackages() {
  const wanted = hashOf(['package-lock.json']);
  if (isStamped(LOCKFILE_STAMP, wanted)) return false;
  // Also where NODE_ENV=production: the build needs the types, the checks their tools.
  const { code, output } = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    deadlineMs: 600_000,
  });
  if (code !== 0) throw new Error(`npm ci failed:\n${output}`);
  writeFileSync(LOCKFILE_STAMP, wanted);
  return true;
}

/** Writes the database client from the schema, unless it is there. Prisma's own engine is not needed for that. */
export async function ensureDatabaseClient() {
  const wanted = hashOf(['package-lock.json', 'prisma/schema.prisma']);
  if (isStamped(CLIENT_STAMP, wanted)) return;
  const { code, output } = await run('node_modules/.bin/prisma', ['generate'], {
    deadlineMs: 120_000,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' },
  });
  if (code !== 0) throw new Error(`prisma generate failed:\n${output}`);
  writeFileSync(CLIENT_STAMP, wanted);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex');
}

const isStamped = (path, wanted) => existsSync(path) && readFileSync(path, 'utf8') === wanted;
