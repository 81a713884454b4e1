import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, deadlineMs: number, command: string, args: readonly string[],
 *   env?: Readonly<Record<string, string>>, counts: (result: { code: number }) => Counts }} Suite
 */

const MINUTE_MS = 60_000;

const one = (held) => ({ passed: held ? 1 : 0, failed: held ? 0 : 1, skipped: 0 });

/**
 * A program that either holds or does not counts as one test.
 *
 * @returns {Suite}
 */
const check = (name, command, args) => ({
  name,
  deadlineMs: 5 * MINUTE_MS,
  command,
  args,
  counts: ({ code }) => one(code === 0),
});

/** What a report says was run, or one failure when there is none. */
function fromReport(path, code, read) {
  try {
    const counts = read(JSON.parse(readFileSync(path, 'utf8')));
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return one(false);
  }
}

/** @returns {Suite} */
function vitest(work, project, deadlineMs) {
  const report = join(work, `${project}.json`);
  return {
    name: project,
    deadlineMs,
    command: 'node_modules/.bin/vitest',
    args: ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    counts: ({ code }) =>
      fromReport(report, code, (r) => ({
        passed: r.numPassedTests,
        failed: r.numFailedTests,
        skipped: r.numPendingTests + r.numTodoTests,
      })),
  };
}

/** @returns {Suite} */
function playwright(work, name, project, deadlineMs) {
  const report = join(work, `${name}.json`);
  return {
    name,
    deadlineMs,
    command: 'node_modules/.bin/playwright',
    args: ['test', `--project=${project}`, '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    // A test that passed only when repeated has failed once.
    counts: ({ code }) =>
      fromReport(report, code, ({ stats }) => ({
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky,
        skipped: stats.skipped,
      })),
  };
}

/**
 * The quick ones go first; those that load the machine with VMs or a browser run alone. All are required.
 *
 * @param {string} work a folder for reports
 */
export const suitesOf = (work) => ({
  quick: [
    check('types', 'node_modules/.bin/tsc', ['--noEmit']),
    check('lint', 'node_modules/.bin/biome', ['lint', '--error-on-warnings', '.']),
    check('format', 'node_modules/.bin/biome', ['format', '.']),
    vitest(work, 'unit', 10 * MINUTE_MS),
    vitest(work, 'scenarios', 20 * MINUTE_MS),
  ],
  heavy: [
    vitest(work, 'integration', 25 * MINUTE_MS),
    vitest(work, 'clusters', 20 * MINUTE_MS),
    playwright(work, 'e2e-vms', 'vms', 20 * MINUTE_MS),
    playwright(work, 'e2e', 'simulated', 20 * MINUTE_MS),
  ],
});

/**
 * Those that were asked for by name; all when none was. Throws on a name that is none.
 *
 * @param {{ quick: Suite[], heavy: Suite[] }} suites
 * @param {readonly string[]} names
 */
export function chooseSuites({ quick, heavy }, names) {
  const known = [...quick, ...heavy].map((suite) => suite.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no suite ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  const isWanted = (suite) => names.length === 0 || names.includes(suite.name);
  return { quick: quick.filter(isWanted), heavy: heavy.filter(isWanted) };
}

/**
 * What counts in the end: a suite that ran no test, or left one out, has failed.
 *
 * @param {Counts} counts
 * @returns {Counts & { problem: string | null }}
 */
export function judge(counts) {
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, problem: 'ran no test' };
  if (counts.skipped > 0) return { ...counts, failed: counts.failed + 1, problem: 'left tests out' };
  return { ...counts, problem: null };
}
