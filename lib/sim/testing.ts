import { VirtualClock } from '@/lib/clock';
import type { Clustering, ClusterMember, ClusterView } from '@/lib/clustering/types';
import type { WorkloadSpec } from '@/lib/domain/workload';
import { createSimulatedHypervisor } from '@/lib/hypervisors/simulated/driver';
import type { Hypervisor } from '@/lib/hypervisors/types';
import type { Traffic } from '@/lib/traffic/types';
import { createSimulatedClustering } from './clustering';
import { createSimulatedTraffic } from './traffic';
import { createWorld, type World, type WorldOptions } from './world';

export const WEB: WorkloadSpec = {
  name: 'web',
  description: 'Answers with its node’s name',
  packages: [],
  files: [],
  startCommand: '/usr/bin/web',
  port: 8080,
  servicePort: 80,
  healthPath: '/health',
  probePath: '/',
  maxConnections: 64,
  volume: null,
};

export const LEDGER: WorkloadSpec = { ...WEB, name: 'ledger', volume: { mountPath: '/data', sizeGiB: 1 } };

export interface Bench {
  readonly clock: VirtualClock;
  readonly world: World;
  readonly hypervisor: Hypervisor;
  readonly clustering: Clustering;
  readonly traffic: Traffic;
  /** Lets time pass until the work ends. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A world on a virtual clock, without clients other than those that a test asks for. */
export const newBench = (options: WorldOptions = {}): Bench => {
  const clock = new VirtualClock({
    settle: async () => {
      do {
        await turn();
        await turn();
      } while (world.isStoring);
    },
  });
  const still = { meanRequestsPerSecond: 0, swingRequestsPerSecond: 0, periodMs: 86_400_000, phase: 0 };
  const world: World = createWorld({ clock, demand: () => still, ...options });
  return {
    clock,
    world,
    hypervisor: createSimulatedHypervisor(world),
    clustering: createSimulatedClustering(world),
    traffic: createSimulatedTraffic(world),
    run: (work) => clock.run(work),
  };
};

export const memberOf = (number: number, options: Partial<ClusterMember> = {}): ClusterMember => ({
  vmId: `vm-${number}`,
  name: `shop-${number}`,
  address: `10.77.0.${number}`,
  weight: 100,
  priority: 100 + number,
  runsApplication: true,
  draining: false,
  ...options,
});

export const viewOf = (members: readonly ClusterMember[], workload: WorkloadSpec = WEB): ClusterView => ({
  clusterId: 'shop',
  clusterName: 'shop',
  vip: '10.77.1.1',
  virtualRouterId: 7,
  workload,
  members,
});

export const bootVm = async (bench: Bench, number: number, hostId: string): Promise<void> => {
  const { hypervisor } = bench;
  const imageKey = await hypervisor.ensureImage({ packages: [] }, () => undefined);
  await hypervisor.createVm({
    id: `vm-${number}`,
    name: `shop-${number}`,
    hostId,
    shape: { vcpus: 1, memoryMiB: 256, diskGiB: 4 },
    imageKey,
    nic: {
      mac: `02:00:00:00:00:${number.toString(16).padStart(2, '0')}`,
      address: `10.77.0.${number}`,
      prefixLength: 24,
    },
  });
  await hypervisor.startVm(`vm-${number}`, { deadlineMs: 60_000 });
};

const HOSTS = ['paris-1', 'lyon-1', 'paris-2', 'lyon-2'] as const;

export const hostFor = (number: number): string => HOSTS[(number - 1) % HOSTS.length] ?? 'paris-1';

/** Cluster `shop` of VMs 1…count, published and answering. */
export const newShop = async (bench: Bench, count: number, workload: WorkloadSpec = WEB): Promise<ClusterView> => {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const view = viewOf(
    numbers.map((n) => memberOf(n)),
    workload,
  );
  await bench.run(async () => {
    for (const n of numbers) await bootVm(bench, n, hostFor(n));
    await Promise.all(numbers.map((n) => bench.clustering.ensureInstalled(`vm-${n}`, view)));
    await bench.clock.sleep(1_000);
    await bench.traffic.ensurePublished({
      clusterId: 'shop',
      vip: view.vip,
      servicePort: 80,
      probePath: '/',
      gatewayPort: 18_080,
    });
  });
  return view;
};

/** Ids of the VMs that hold the VIP by their own account. */
export const holdersOf = async (bench: Bench, count: number): Promise<readonly string[]> => {
  const holders: string[] = [];
  for (let n = 1; n <= count; n++) {
    const vm = bench.world.findVm(`vm-${n}`);
    if (vm?.run === 'running' && (await bench.clustering.status(vm.id)).holdsVip) holders.push(vm.id);
  }
  return holders;
};
