import type { HostSnapshot, NodeSnapshot, VmSnapshot } from '../inventory';
import type { Requirements } from '../requirements';
import type { Shape } from '../shape';
import type { WorkloadSpec } from '../workload';
import type { ObservedCluster } from './types';

export const SMALL: Shape = { vcpus: 1, memoryMiB: 256, diskGiB: 4 };
export const LARGE: Shape = { vcpus: 2, memoryMiB: 512, diskGiB: 4 };

export const hosts = (capacity: Shape = { vcpus: 8, memoryMiB: 4096, diskGiB: 64 }): readonly HostSnapshot[] =>
  ['paris', 'lyon'].flatMap((site) =>
    [1, 2].map((n) => ({
      id: `${site}-${n}`,
      name: `${site}-${n}`,
      siteId: site,
      siteName: site,
      state: 'up' as const,
      capacity,
      emulated: false,
    })),
  );

export const requirements = (change: Partial<Requirements> = {}): Requirements => ({
  nodes: 2,
  shape: SMALL,
  spread: 'host',
  spares: 0,
  ...change,
});

const workload = (stateful: boolean): WorkloadSpec => ({
  name: stateful ? 'ledger' : 'web',
  description: '',
  packages: [],
  files: [],
  startCommand: '/usr/sbin/nginx',
  port: 8080,
  servicePort: 80,
  healthPath: '/healthz',
  probePath: '/',
  maxConnections: 64,
  volume: stateful ? { mountPath: '/var/lib/data', sizeGiB: 1 } : null,
});

/** A running cluster `shop` with one node per entry, on the hosts named, and its spares. */
export function observedCluster(
  options: {
    readonly nodesOn?: readonly string[];
    readonly sparesOn?: readonly string[];
    readonly requirements?: Requirements;
    readonly stateful?: boolean;
    readonly capacity?: Shape;
    readonly dead?: readonly string[];
  } = {},
): ObservedCluster {
  const wanted = options.requirements ?? requirements();
  const placed = [
    ...(options.nodesOn ?? ['paris-1', 'lyon-1']).map((hostId) => ({ hostId, role: 'node' as const })),
    ...(options.sparesOn ?? []).map((hostId) => ({ hostId, role: 'spare' as const })),
  ];
  const vms = placed.map(
    (p, i): VmSnapshot => ({
      id: `vm${i + 1}`,
      name: `shop-${i + 1}`,
      clusterId: 'c1',
      hostId: p.hostId,
      role: p.role,
      state: 'running',
      shape: wanted.shape,
      imageKey: 'image',
    }),
  );
  const nodes = vms
    .filter((vm) => vm.role === 'node')
    .map((vm, i): NodeSnapshot => {
      const dead = options.dead?.includes(vm.name) ?? false;
      const runsApplication = !options.stateful || i === 0;
      return {
        vmId: vm.id,
        state: dead ? 'failed' : 'active',
        healthy: !dead,
        runsApplication,
        holdsVip: i === 0 && !dead,
      };
    });
  return {
    id: 'c1',
    name: 'shop',
    generation: 1,
    requirements: wanted,
    nodes,
    workload: workload(options.stateful ?? false),
    imageKey: 'image',
    volumeId: options.stateful ? 'vol1' : null,
    nextOrdinal: vms.length + 1,
    inventory: { hosts: hosts(options.capacity), vms },
    vmIdFor: (ordinal) => `vm${ordinal}`,
  };
}
