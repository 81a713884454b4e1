import type { ListSpec } from '@/components/lists/list-state';
import { OPERATION_SORTS } from '@/lib/domain/list-orders';
import { OPERATION_STATES } from '@/lib/domain/operation';
import { OPERATION_KINDS } from '@/lib/domain/plan';

export const OPERATIONS_LIST: ListSpec = {
  path: '/operations',
  sort: '-created',
  sorts: OPERATION_SORTS,
  filters: { state: OPERATION_STATES, active: ['true', 'false'], kind: OPERATION_KINDS, cluster: null },
};
