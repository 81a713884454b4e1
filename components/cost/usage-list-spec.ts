import type { ListSpec } from '@/components/lists/list-state';
import { USAGE_SORTS } from '@/lib/domain/contract/billing';
import { TIERS } from '@/lib/domain/usage/types';

/** Intervals of the ledger. `statement` and `line` come from a statement's line; they say which intervals it charges. */
export const USAGE_LIST: ListSpec = {
  path: '/cost/usage',
  sort: '-began',
  sorts: USAGE_SORTS,
  filters: { month: null, cluster: null, costCentre: null, tier: TIERS, statement: null, line: null },
};
