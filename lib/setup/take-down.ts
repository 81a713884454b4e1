import { existsSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCAL_FILES } from '@/lib/cli/home';
import { systemClock } from '@/lib/clock';
import { stopEmbeddedPostgres } from '@/lib/db/embedded';
import { createLab } from '@/lib/hypervisors/qemu/lab';
import type { Hypervisor } from '@/lib/hypervisors/types';
import { createInstallation } from '@/lib/orchestrator/installation';
import { chooseHypervisor, HYPERVISOR_FILE } from './hypervisor-choice.mjs';
import { findRunning } from './process-record.mjs';
import { endAll, processOf } from './process-tree.mjs';
import { withProgress } from './progress.mjs';
import { endLeftover } from './service';

/** `npm start` stops its processes in order, each with a deadline of its own. */
const START_DEADLINE_MS = 60_000;
const PROCESS_DEADLINE_MS = 20_000;
const GUEST_DEADLINE_MS = 15_000;

/** What Headroom keeps in its state directory: nothing else is removed from there. */
const ENTRIES = ['postgres', 'images', 'lab', 'traffic', 'simulated', 'logs', 'run', 'session-secret'];

/**
 * Stops the control plane, shuts every VM down, and removes the lab's network and processes. Disks, volumes and the
 * database stay, so that the next start brings the clusters back, unless they are purged.
 */
export const takeDown = async (home: string, { purge }: { readonly purge: boolean }): Promise<void> => {
  if (!existsSync(join(home, HYPERVISOR_FILE)) && !existsSync(join(home, 'run'))) {
    process.stdout.write(`Nothing of Headroom is in ${home}.\n`);
    return;
  }
  await withProgress('control plane', () => endControlPlane(home));
  await withProgress('virtual machines and their network', () => endLab(home, purge));
  await withProgress('database', () => stopEmbeddedPostgres(join(home, 'postgres')));
  if (purge) await withProgress(`state in ${home}`, () => removeState(home));
};

const endControlPlane = async (home: string): Promise<void> => {
  const start = findRunning(home, 'start');
  if (start !== null) await endAll([processOf(start)], START_DEADLINE_MS);
  for (const name of ['web', 'orchestrator'] as const) await endLeftover(home, name, PROCESS_DEADLINE_MS);
};

const endLab = async (home: string, purge: boolean): Promise<void> => {
  const name = chooseHypervisor(home, undefined);
  // A simulated world is a file: nothing of it runs once the orchestrator is gone.
  if (name === 'simulated') return;
  const env = { ...process.env, HEADROOM_HYPERVISOR: name };
  const { hypervisor, traffic } = createInstallation({ home, env, clock: systemClock });
  if (purge) {
    await traffic.tearDown();
    return hypervisor.tearDown();
  }
  await shutDownGuests(hypervisor);
  await traffic.tearDown();
  await hypervisor.stop();
  await createLab({ home }).tearDown();
};

const shutDownGuests = async (hypervisor: Hypervisor): Promise<void> => {
  const vms = (await hypervisor.listVms()).filter((vm) => vm.state !== 'stopped' && vm.state !== 'crashed');
  await Promise.all(
    vms.map((vm) => hypervisor.stopVm(vm.id, { deadlineMs: GUEST_DEADLINE_MS }).catch(() => hypervisor.killVm(vm.id))),
  );
};

const removeState = async (home: string): Promise<void> => {
  for (const name of [...ENTRIES, HYPERVISOR_FILE, ...Object.values(LOCAL_FILES)]) {
    await rm(join(home, name), { recursive: true, force: true });
  }
  // Kept when somebody put something else there.
  await rmdir(home).catch(() => undefined);
};
