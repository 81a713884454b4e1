import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { INSTANT_DURATIONS } from '@/lib/sim/durations';
import { CONTRACT_PARTS, type ContractSubject, describeHypervisorContract } from '../contract';
import { createSimulatedHypervisor, createWorld, type World } from './index';

/** Enough to miss a deadline of 1 ms, in a suite that runs on the machine's clock. */
const START_MS = 30;

const makeSubject = async (): Promise<ContractSubject> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'headroom-simulated-'));
  let world: World | null = null;
  return {
    open: () => {
      world = createWorld({
        file: path.join(directory, 'world.json'),
        durations: { ...INSTANT_DURATIONS, restoreMs: START_MS, coldBootMs: START_MS },
      });
      return createSimulatedHypervisor(world);
    },
    guest: 'modelled',
    crash: async (_driver, vmId) => {
      world?.faults.crashVm(vmId);
      await world?.save();
    },
    startDeadlineMs: 30_000,
    hopelessDeadlineMs: 1,
    close: () => rm(directory, { recursive: true, force: true }),
  };
};

for (const part of CONTRACT_PARTS) describeHypervisorContract('simulated', part, 'modelled', makeSubject);
