import { web } from '@/lib/workloads';
import type { ClusterMember, ClusterView } from '../../types';

export const member = (n: number, change: Partial<ClusterMember> = {}): ClusterMember => ({
  vmId: `vm-${n}`,
  name: `shop-${n}`,
  address: `10.77.0.${n}`,
  weight: 1,
  priority: 100 + n,
  runsApplication: true,
  draining: false,
  ...change,
});

export const view = (members: readonly ClusterMember[], change: Partial<ClusterView> = {}): ClusterView => ({
  clusterId: 'c1',
  clusterName: 'shop',
  vip: '10.77.255.1',
  virtualRouterId: 7,
  workload: web,
  members,
  ...change,
});
