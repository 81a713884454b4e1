// `npm run bench`: brings what the measurements need, then runs them. Arguments go on to them; see lib/bench.
import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDatabaseClient, ensureNpmPackages } from './packages.mjs';
import { installPackages, missingPackages, planSystem, readOsRelease } from './system.mjs';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
process.umask(0o022);
try {
  const missing = missingPackages({ vms: true });
  const plan = planSystem({ missing, isRoot: process.getuid?.() === 0, osRelease: readOsRelease() });
  if (plan.act === 'ask') throw new Error(plan.message);
  if (plan.act === 'install') await installPackages(plan.packages);
  await ensureNpmPackages();
  await ensureDatabaseClient();
  process.exitCode = await measure();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Standard output is the measurements' JSON and nothing else. */
function measure() {
  const args = ['--import', 'tsx', 'lib/bench/main.ts', ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  // This process waits until the child has cleaned up. The first signal counts there: a terminal signals it too.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
