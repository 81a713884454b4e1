import { parseArgs } from 'node:util';
import { findCases } from './cases';
import { interruption, watchForInterruption } from './interruption';
import { machineFacts, type Report, type Result, toResult } from './report';

const RUNS_DEFAULT = 5;

/**
 * `npm run bench [-- --only clone,takeover] [-- --runs 5]`: runs the cases one after another and prints one JSON report on
 * standard output. Exits with 1 when a case failed or a target does not hold. A signal ends it, and what it has made is
 * removed first.
 *
 * `--seed 1`: what is left to chance, such as the moments of crashes, follows from it. `--rate 200`: requests per second
 * of cases under load. `--hogs 16 --hog-seconds 600`: processes that take all the processor they get, and how long.
 * `--minutes 60`: how long the case goes on that looks for leaks.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string' },
    seed: { type: 'string' },
    rate: { type: 'string' },
    minutes: { type: 'string' },
    hogs: { type: 'string' },
    'hog-seconds': { type: 'string' },
  },
});

const readNumber = (name: keyof typeof values, byDefault: number, [from, to]: readonly [number, number]): number => {
  const number = Number(values[name] ?? byDefault);
  if (Number.isInteger(number) && number >= from && number <= to) return number;
  throw new Error(`--${name}: a whole number from ${from} to ${to}`);
};

const runs = readNumber('runs', RUNS_DEFAULT, [1, 100]);
const settings = {
  runs,
  seed: readNumber('seed', 1, [0, 1_000_000]),
  rate: readNumber('rate', 200, [1, 500]),
  minutes: readNumber('minutes', 3, [1, 1_440]),
  hogs: readNumber('hogs', 16, [0, 256]),
  hogSeconds: readNumber('hog-seconds', 600, [0, 3_600]),
};
watchForInterruption((line) => console.error(line));

const results: Result[] = [];
const errors: { case: string; message: string }[] = [];
for (const bench of findCases(values.only)) {
  if (interruption.aborted) break;
  const say = (line: string): void => console.error(`${bench.name}: ${line}`);
  say(bench.description);
  try {
    for (const measurement of await bench.run({ ...settings, say })) {
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
// What was interrupted may still wait for what is removed by now.
if (interruption.aborted) process.exit(1);
