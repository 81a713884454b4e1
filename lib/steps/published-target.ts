import type { Cluster, Workload } from '@/lib/db/generated/client';
import type { PublishedTarget } from '@/lib/traffic/types';
import { fromSpecJson } from '@/lib/usecases/workloads/view';

/** What clients are told of a cluster: where its VIP is, and what the prober asks there. */
export const publishedTargetOf = (cluster: Cluster & { readonly workload: Workload }): PublishedTarget => {
  const { servicePort, probePath } = fromSpecJson(cluster.workload.spec);
  return { clusterId: cluster.id, vip: cluster.vip, servicePort, probePath, gatewayPort: cluster.gatewayPort };
};
