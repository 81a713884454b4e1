import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ContractSubject } from '../contract';
import { createQemuHypervisor } from '.';
import { makeTestHome, testImagesDirectory } from './testing';

/** The driver over a lab of its own, for the contract of all drivers. */
export const makeQemuSubject = async (): Promise<ContractSubject> => {
  const { home, remove } = await makeTestHome();
  return {
    open: () => createQemuHypervisor({ home, imagesDirectory: testImagesDirectory() }),
    guest: 'real',
    crash: async (_, vmId) => {
      const record = JSON.parse(await readFile(path.join(home, 'lab', 'vms', vmId, 'vm.json'), 'utf8'));
      process.kill(record.process.pid, 'SIGKILL');
    },
    startDeadlineMs: 120_000,
    hopelessDeadlineMs: 1,
    close: remove,
  };
};
