import { join } from 'node:path';
import { type ApiClient, connectTo } from '@/lib/cli/client';
import { createLab } from '@/lib/hypervisors/qemu/lab';
import { testImagesDirectory } from '@/lib/hypervisors/qemu/testing';
import { isAlive, killProcess } from '@/lib/hypervisors/qemu/vm/process';
import { VmRecords } from '@/lib/hypervisors/qemu/vm/record';
import { findRunning } from '@/lib/setup/process-record.mjs';
import { startInstallation } from '@/lib/setup/testing-installation';
import { createLabTraffic } from '@/lib/traffic/lab';
import type { Traffic } from '@/lib/traffic/types';
import { deleteCluster } from './api';
import { interruption, untilInterrupted } from './interruption';

export interface LabVms {
  /** Ids of those that have a process. */
  running(): Promise<readonly string[]>;
  /** Ends a VM's process behind the product's back, as a crash would. */
  crash(vmId: string): Promise<void>;
}

const labVmsOf = (home: string): LabVms => {
  const records = new VmRecords(join(home, 'lab', 'vms'));
  return {
    running: async () => {
      const ids = (await records.list()).map(async ({ spec, process }) =>
        process !== null && (await isAlive(process)) ? spec.id : null,
      );
      return (await Promise.all(ids)).filter((id) => id !== null);
    },
    crash: async (vmId) => {
      const record = await records.find(vmId);
      if (record?.process == null) throw new Error(`${vmId} does not run`);
      await killProcess(record.process);
    },
  };
};

/** Headroom with real VMs, brought up as `npm start` does, without its demo cluster. */
export interface Product {
  readonly home: string;
  readonly client: ApiClient;
  /** The lab's own prober and load generator, whose counters the measurements read. */
  readonly traffic: Traffic;
  /** The lab's VMs by what the kernel says, and not by what the product believes. */
  readonly vms: LabVms;
  /** Ends a process with SIGKILL; whoever supervises it starts it again. */
  kill(name: 'orchestrator' | 'web'): Promise<void>;
}

/** Starts a product in a state directory of its own, works with it, and removes everything again. */
export const withProduct = async <T>(work: (product: Product) => Promise<T>): Promise<T> => {
  const installation = await startInstallation({
    hypervisor: 'qemu',
    signal: interruption,
    env: { HEADROOM_IMAGES: testImagesDirectory() },
  });
  try {
    return await untilInterrupted(async () => {
      const { home, url } = installation;
      const { token } = JSON.parse(
        await installation.cli('token', 'create', '--name', 'bench', '--role', 'admin', '--json'),
      ) as { token: string };
      const client = connectTo(url, token);
      await deleteCluster(client, 'shop');
      const lab = createLab({ home });
      const traffic = createLabTraffic({ home, enterClients: () => lab.enter('clients') });
      return work({
        home,
        client,
        traffic,
        vms: labVmsOf(home),
        kill: async (name) => {
          const pid = findRunning(home, name);
          if (pid === null) throw new Error(`${name} does not run`);
          process.kill(pid, 'SIGKILL');
        },
      });
    });
  } finally {
    await installation.remove();
  }
};
