// `npm start`: from a fresh clone to a running Headroom. Plain JavaScript: nothing is installed yet when it begins.
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headroomHome } from './home.mjs';
import { chooseHypervisor } from './hypervisor-choice.mjs';
import { ensureDatabaseClient, ensureNpmPackages } from './packages.mjs';
import { readPort } from './port.mjs';
import { alreadyRuns, findRunning } from './process-record.mjs';
import { withProgress } from './progress.mjs';
import { SetupError } from './setup-error.mjs';
import { installPackages, missingPackages, planSystem, readOsRelease } from './system.mjs';

/** The console is for this machine unless its owner says otherwise. */
const ADDRESS_DEFAULT = '127.0.0.1';
const NODE_MAJOR_MIN = 20;

async function prepare() {
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
    throw new SetupError(`Headroom needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.version}.`);
  }
  process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
  // What is installed and built here has to be readable for the account that the console runs as.
  process.umask(0o022);
  const home = headroomHome();
  const running = findRunning(home, 'start');
  if (running !== null) throw new SetupError(alreadyRuns(home, running));
  const port = readPort(process.env.PORT);
  const address = process.env.HEADROOM_ADDRESS || ADDRESS_DEFAULT;
  const hypervisor = chooseHypervisor(home, process.env.HEADROOM_HYPERVISOR);
  console.log(`Headroom, from ${home}${hypervisor === 'simulated' ? ', with simulated virtual machines' : ''}`);
  if (hypervisor === 'qemu') await ensureSystem();
  await withProgress('npm packages', ensureNpmPackages);
  await withProgress('database client', ensureDatabaseClient);
  mkdirSync(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
  return { home, port, address, hypervisor };
}

async function ensureSystem() {
  const simulated = 'Or look around without virtual machines:\n\n  HEADROOM_HYPERVISOR=simulated npm start\n';
  if (process.platform !== 'linux') {
    throw new SetupError(`Virtual machines need Linux; this is ${process.platform}.\n\n${simulated}`);
  }
  const isRoot = process.getuid?.() === 0;
  const plan = planSystem({ missing: missingPackages({ vms: true }), isRoot, osRelease: readOsRelease() });
  if (plan.act === 'ask') throw new SetupError(`${plan.message}\n${simulated}`);
  if (plan.act === 'install') {
    await withProgress(`system packages: ${plan.packages.join(' ')}`, () => installPackages(plan.packages));
  }
}

try {
  const settings = await prepare();
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: resolve('tsconfig.json') });
  const { runInstallation } = await import('./run-installation.ts');
  process.exitCode = await runInstallation(settings);
} catch (error) {
  console.error(error instanceof Error && error.name === 'SetupError' ? `\n${error.message}` : error);
  process.exitCode = 1;
}
