import { parseArgs } from 'node:util';
import { findCases } from './cases';
import { machineFacts, type Report, type Result, toResult } from './report';

const RUNS_DEFAULT = 5;

/**
 * `npm run bench [-- --only clone,change] [-- --runs 5]`: runs the cases one after another and prints one JSON report on
 * standard output. Exits with 1 when a case failed or a target does not hold.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string' } } });
const runs = Number(values.runs ?? RUNS_DEFAULT);
if (!Number.isInteger(runs) || runs < 1 || runs > 100) throw new Error('--runs: a whole number from 1 to 100');

const results: Result[] = [];
const errors: { case: string; message: string }[] = [];
for (const bench of findCases(values.only)) {
  const say = (line: string): void => console.error(`${bench.name}: ${line}`);
  say(bench.description);
  try {
    for (const measurement of await bench.run({ runs, say })) {
      const result = toResult(bench.name, measurement);
      say(`${result.name}: ${result.median} ${result.unit}${result.holds ? '' : ', does NOT hold'}`);
      results.push(result);
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say(`failed: ${message}`);
    errors.push({ case: bench.name, message });
  }
}
const report: Report = { at: new Date().toISOString(), machine: machineFacts(), runs, results, errors };
console.log(JSON.stringify(report, null, 2));
process.exitCode = errors.length > 0 || results.some((r) => !r.holds) ? 1 : 0;
