import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WorkloadSpec } from '@/lib/domain/workload';
import { createQemuHypervisor } from '@/lib/hypervisors/qemu';
import { createLab } from '@/lib/hypervisors/qemu/lab';
import { makeTestHome, testImagesDirectory } from '@/lib/hypervisors/qemu/testing';
import { createLabTraffic } from '@/lib/traffic/lab';
import type { Clustering, ClusterMember, ClusterView } from '../../types';
import { createGuestClustering } from '../index';
import type { ClientOptions, ClientReport } from './client';

const BOOT_DEADLINE_MS = 120_000;
const VIP = '10.77.255.1';

export interface Client {
  /** Ends it when everything under way has been answered. */
  stop(): Promise<ClientReport>;
}

export type TestLab = Awaited<ReturnType<typeof openTestLab>>;

/** A lab of its own with real VMs, for tests; `close` leaves nothing behind. */
export const openTestLab = async () => {
  const { home, remove } = await makeTestHome();
  const lab = createLab({ home });
  const hypervisor = createQemuHypervisor({ home, imagesDirectory: testImagesDirectory(), lab });
  const traffic = createLabTraffic({ home, enterClients: () => lab.enter('clients') });
  const clustering: Clustering = createGuestClustering(hypervisor, traffic);
  /** Asks by the guest channel only. */
  const asking = createGuestClustering(hypervisor);
  const clients = new Set<{ kill(signal: NodeJS.Signals): boolean }>();
  await hypervisor.start();
  await traffic.start();
  const imageKey = await hypervisor.ensureImage({ packages: [] }, () => undefined);

  /** The VM of this number runs afterwards. */
  const startVm = async (n: number, hostId: string): Promise<void> => {
    const nic = { mac: `02:00:00:77:00:${String(n).padStart(2, '0')}`, address: addressOf(n), prefixLength: 16 };
    const shape = { vcpus: 1, memoryMiB: 256, diskGiB: 4 };
    await hypervisor.createVm({ id: vmIdOf(n), name: nameOf(n), hostId, shape, imageKey, nic });
    await hypervisor.startVm(vmIdOf(n), { deadlineMs: BOOT_DEADLINE_MS });
  };

  const startClient = async (options: Partial<ClientOptions>): Promise<Client> => {
    const all: ClientOptions = { vip: VIP, requestsPerSecond: 20, streams: 0, ledgerPrefix: null, ...options };
    const program = fileURLToPath(new URL('./client.ts', import.meta.url));
    const place = lab.enter('clients');
    const args = [...place.args, process.execPath, '--import', 'tsx', program, JSON.stringify(all)];
    const child = spawn(place.command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    clients.add(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await lines.next();
    return {
      stop: async () => {
        child.kill('SIGTERM');
        const { value } = await lines.next();
        clients.delete(child);
        return JSON.parse(value) as ClientReport;
      },
    };
  };

  return {
    ...{ hypervisor, clustering, asking, startVm, startClient },
    close: async () => {
      for (const client of clients) client.kill('SIGKILL');
      await traffic.tearDown();
      await hypervisor.tearDown();
      await remove();
    },
  };
};

export const vmIdOf = (n: number): string => `vm-${n}`;
export const nameOf = (n: number): string => `node-${n}`;
export const addressOf = (n: number): string => `10.77.0.${n}`;

export const memberOf = (n: number, change: Partial<ClusterMember> = {}): ClusterMember => ({
  vmId: vmIdOf(n),
  name: nameOf(n),
  address: addressOf(n),
  weight: 1,
  priority: 100 + n,
  runsApplication: true,
  draining: false,
  ...change,
});

export const viewOf = (workload: WorkloadSpec, members: readonly ClusterMember[]): ClusterView => ({
  clusterId: 'test-cluster',
  clusterName: 'test',
  vip: VIP,
  virtualRouterId: 77,
  workload,
  members,
});

/** Waits for a state, not for a time. Throws at the deadline what it last saw. */
export const until = async <T>(look: () => Promise<T>, isThere: (seen: T) => boolean, deadlineMs = 60_000) => {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (Date.now() > end) throw new Error(`Not there within ${deadlineMs} ms: ${JSON.stringify(seen)}`);
  }
};
