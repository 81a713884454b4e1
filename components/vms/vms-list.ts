import type { ListSpec } from '@/components/lists/list-state';
import { VM_ROLES, VM_STATES } from '@/lib/domain/inventory';
import { VM_SORTS } from '@/lib/domain/list-orders';

export const HELD_STATES = VM_STATES.filter((state) => state !== 'released');

export const VMS_LIST: ListSpec = {
  path: '/vms',
  sort: 'name',
  sorts: VM_SORTS,
  filters: { state: HELD_STATES, role: VM_ROLES, cluster: null, host: null, site: null },
};
