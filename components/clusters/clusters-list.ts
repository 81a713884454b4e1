import type { ListSpec } from '@/components/lists/list-state';
import { CLUSTER_STATES } from '@/lib/domain/inventory';
import { CLUSTER_SORTS } from '@/lib/domain/list-orders';

export const SHOWN_STATES = CLUSTER_STATES.filter((state) => state !== 'deleted');

export const CLUSTERS_LIST: ListSpec = {
  path: '/clusters',
  sort: 'name',
  sorts: CLUSTER_SORTS,
  filters: { state: SHOWN_STATES, workload: null },
};
