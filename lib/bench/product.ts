import { type ApiClient, connectTo } from '@/lib/cli/client';
import { createQemuHypervisor } from '@/lib/hypervisors/qemu';
import { createLab } from '@/lib/hypervisors/qemu/lab';
import { testImagesDirectory } from '@/lib/hypervisors/qemu/testing';
import type { Hypervisor } from '@/lib/hypervisors/types';
import { findRunning } from '@/lib/setup/process-record.mjs';
import { startInstallation } from '@/lib/setup/testing-installation';
import { createLabTraffic } from '@/lib/traffic/lab';
import type { Traffic } from '@/lib/traffic/types';
import { deleteCluster } from './api';
import { interruption, untilInterrupted } from './interruption';

/** Headroom with real VMs, brought up as `npm start` does, without its demo cluster. */
export interface Product {
  readonly home: string;
  readonly client: ApiClient;
  /** The lab's own prober and load generator, whose counters the measurements read. */
  readonly traffic: Traffic;
  /** A driver over the same lab, as a second look at it: it hears what the kernel says, and not what the product believes. */
  readonly hypervisor: Hypervisor;
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
        hypervisor: createQemuHypervisor({ home, imagesDirectory: testImagesDirectory(), lab }),
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
