// `npm test`: installs what the checks need and runs every one of them. The last line is the sum over all suites.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabaseClient, ensureNpmPackages } from './packages.mjs';
import { run } from './run.mjs';

const MINUTE_MS = 60_000;
const work = mkdtempSync(join(tmpdir(), 'headroom-test-'));

/** A program that either holds or does not counts as one test. */
const check = (name, command, args) => ({
  name,
  deadlineMs: 5 * MINUTE_MS,
  command,
  args,
  counts: ({ code }) => one(code === 0),
});

/** Vitest's own report says what it ran; a run without a report is one failure. */
function vitest(project, deadlineMs) {
  const report = join(work, `${project}.json`);
  return {
    name: project,
    deadlineMs,
    command: 'node_modules/.bin/vitest',
    args: ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    counts: ({ code }) => {
      try {
        const r = JSON.parse(readFileSync(report, 'utf8'));
        const failed = r.numFailedTests + (code !== 0 && r.numFailedTests === 0 ? 1 : 0);
        return { passed: r.numPassedTests, failed, skipped: r.numPendingTests + r.numTodoTests };
      } catch {
        return one(false);
      }
    },
  };
}

const one = (held) => ({ passed: held ? 1 : 0, failed: held ? 0 : 1, skipped: 0 });

const SUITES = [
  check('types', 'node_modules/.bin/tsc', ['--noEmit']),
  check('lint', 'node_modules/.bin/biome', ['lint', '--error-on-warnings', '.']),
  check('format', 'node_modules/.bin/biome', ['format', '.']),
  vitest('unit', 10 * MINUTE_MS),
];

/** Resolves with the sums; a suite that ran no test is a failed one. */
async function runSuites(suites) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) {
    const startedAt = performance.now();
    const result = await run(suite.command, suite.args, { deadlineMs: suite.deadlineMs });
    const counts = suite.counts(result);
    if (counts.passed + counts.failed === 0) counts.failed = 1;
    if (counts.failed > 0) console.log(result.output);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `${suite.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`,
    );
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

try {
  if (await ensureNpmPackages()) console.log('npm packages installed');
  await ensureDatabaseClient();
  const total = await runSuites(SUITES);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
