import type { ListSpec } from '@/components/lists/list-state';
import { CLUSTER_SORTS, CLUSTER_STATES } from '@/lib/domain/contract/cluster';

export const SHOWN_STATES = CLUSTER_STATES.filter((state) => state !== 'deleted');

export const CLUSTERS_LIST: ListSpec = {
  path: '/clusters',
  sort: 'name',
  sorts: CLUSTER_SORTS,
  filters: { state: SHOWN_STATES, workload: null },
};
