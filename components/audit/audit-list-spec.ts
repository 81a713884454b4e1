import type { ListSpec } from '@/components/lists/list-state';

/** What acts are about; an action is a noun, a dot, and a verb. */
export const ACTION_NOUNS = [
  'account',
  'budget',
  'cluster',
  'host',
  'lab',
  'notification',
  'operation',
  'policy',
  'rate',
  'recommendation',
  'session',
  'settings',
  'statement',
  'token',
  'user',
  'vm',
  'workload',
] as const;

/** The trail has one order: that of its chain. */
export const AUDIT_LIST: ListSpec = {
  path: '/audit',
  sort: '-seq',
  sorts: [],
  filters: { action: null, subject: null, actor: null },
};
