import type { ListSpec } from '@/components/lists/list-state';
import { TIERS } from '@/lib/domain/usage/types';

/** Intervals of the ledger. `statement` and `line` come from a statement's line; they say which intervals it charges. */
export const USAGE_LIST: ListSpec = {
  path: '/cost/usage',
  sort: '-began',
  sorts: ['began'],
  filters: { month: null, cluster: null, costCentre: null, tier: TIERS, statement: null, line: null },
};
