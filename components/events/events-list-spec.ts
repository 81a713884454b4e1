import type { ListSpec } from '@/components/lists/list-state';
import { EVENT_KINDS } from '@/lib/domain/event-kinds';

export const STORED_KINDS = EVENT_KINDS.filter((kind) => kind !== 'metrics');

/** Events have one order: that in which they happened. */
export const EVENTS_LIST: ListSpec = {
  path: '/events',
  sort: '-at',
  sorts: [],
  filters: { kind: STORED_KINDS, cluster: null, operation: null },
};
