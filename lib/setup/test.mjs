// `npm test`: installs what the checks need and runs every one of them. `npm test -- types unit` runs those alone. The
// last line is the sum over all suites.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserSource, downloadBrowser, systemBrowser } from './browser.mjs';
import { headroomHome } from './home.mjs';
import { findLeftovers, observeDevices, RUN_VARIABLE, sweep, watchLabs } from './leftovers.mjs';
import { ensureDatabaseClient, ensureNpmPackages } from './packages.mjs';
import { withProgress } from './progress.mjs';
import { endRunning, run } from './run.mjs';
import { chooseSuites, judge, suitesOf } from './suites.mjs';
import { installPackages, missingPackages, planSystem, readOsRelease } from './system.mjs';

const PREPARE_DEADLINE_MS = 25 * 60_000;
/** Fixtures that are told to end clean up first. */
const END_DEADLINE_MS = 30_000;

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
process.umask(0o022);
// Short, since paths of unix sockets are at most 107 characters long; open, since databases and VMs do not run as root.
const work = mkdtempSync(join(tmpdir(), 'hr-'));
chmodSync(work, 0o755);
const temporary = join(work, 't');
mkdirSync(temporary, { mode: 0o755 });
const runId = randomUUID();
const devices = observeDevices();
const watched = watchLabs(temporary);
const env = {
  ...process.env,
  [RUN_VARIABLE]: runId,
  TMPDIR: temporary,
  // An image takes minutes to build: the one of this machine's installation is used, and left for the next run.
  HEADROOM_IMAGES: process.env.HEADROOM_IMAGES || join(headroomHome(), 'images'),
  HEADROOM_NEXT_DIST: '.next',
};
// The suites choose for themselves.
for (const name of ['HEADROOM_HOME', 'HEADROOM_HYPERVISOR', 'DATABASE_URL', 'PORT']) delete env[name];
let interrupted = false;

async function ensureSystem() {
  const isRoot = process.getuid?.() === 0;
  const osRelease = readOsRelease();
  const missing = missingPackages({ vms: true, browser: browserSource(osRelease) === 'debian' });
  const plan = planSystem({ missing, isRoot, osRelease });
  if (plan.act === 'ask') console.log(plan.message);
  if (plan.act === 'install') {
    await withProgress(`system packages: ${plan.packages.join(' ')}`, () => installPackages(plan.packages));
  }
}

/** A failure here shows in the suites that need it. */
async function ensureBrowser() {
  if (systemBrowser() !== undefined) return;
  await withProgress('browser', downloadBrowser).catch((error) => console.log(error.message));
}

/** What VMs and the browser are tested with. A failure here shows in the suites that need it. */
async function prepare(title, script) {
  const { code, output } = await withProgress(title, () =>
    run(process.execPath, ['--import', 'tsx', script], {
      deadlineMs: PREPARE_DEADLINE_MS,
      env: { ...env, HEADROOM_HOME: join(work, 'prepare'), HEADROOM_HYPERVISOR: 'qemu' },
    }),
  );
  if (code !== 0) console.log(`${title} failed:\n${output.slice(-8_000)}`);
}

const total = { passed: 0, failed: 0, skipped: 0 };

async function runSuites(suites) {
  for (const suite of suites) {
    if (interrupted) return;
    const startedAt = performance.now();
    const result = await run(suite.command, suite.args, {
      deadlineMs: suite.deadlineMs,
      env: { ...env, ...suite.env },
    });
    const counts = judge(suite.counts(result));
    if (counts.failed > 0) console.log(result.output);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const problem = counts.problem === null ? '' : `; it ${counts.problem}`;
    console.log(
      `${suite.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped${problem} (${seconds} s)`,
    );
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
}

/** Counts as one test: what the run leaves on the machine. What is just ending is given a moment. */
async function checkLeftovers() {
  const deadline = Date.now() + 10_000;
  const look = () => findLeftovers({ runId, labs: watched.ids(), devices, temporary });
  let left = look();
  while (left.length > 0 && Date.now() < deadline) {
    await new Promise((r) => setTimeout(r, 250));
    left = look();
  }
  for (const line of left) console.log(`left behind: ${line}`);
  console.log(`leftovers: ${left.length === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed'}, 0 skipped`);
  total[left.length === 0 ? 'passed' : 'failed'] += 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (interrupted) return;
    interrupted = true;
    console.log(`\n${signal}: stopping what runs and removing what it made.`);
    void endRunning(END_DEADLINE_MS);
  });
}

try {
  const { quick, heavy } = chooseSuites(suitesOf(work), process.argv.slice(2));
  if (heavy.length > 0) await ensureSystem();
  await withProgress('npm packages', ensureNpmPackages);
  await withProgress('database client', ensureDatabaseClient);
  const hasJourneys = heavy.some((suite) => suite.name.startsWith('e2e'));
  if (hasJourneys) await ensureBrowser();
  await Promise.all([
    runSuites(quick),
    heavy.length > 0 && prepare('guest image and golden snapshot', 'lib/setup/prepare-image.ts'),
    hasJourneys && prepare('console, production build', 'lib/setup/prepare-build.ts'),
  ]);
  await runSuites(heavy);
  if (!interrupted) await checkLeftovers();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
} finally {
  await sweep({ runId, labs: watched.ids() });
  watched.stop();
  rmSync(work, { recursive: true, force: true });
}
if (interrupted) total.failed += 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
