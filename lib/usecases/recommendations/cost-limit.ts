import type { PlanCostView } from '@/lib/domain/contract';
import type { ApprovalRules } from '@/lib/domain/policy/schema';
import { Decimal } from '@/lib/domain/pricing/price';

/**
 * What allows a change without a person, in words: it costs no more beyond the present than the policy says. Null where a
 * person has to decide, as for a change whose cost is not known.
 */
export const allowedByCost = (
  { automaticUpTo }: Pick<ApprovalRules, 'automaticUpTo'>,
  cost: PlanCostView | null,
): string | null => {
  if (automaticUpTo === undefined || cost === null) return null;
  const more = new Decimal(cost.perMonthAfter).sub(cost.perMonthBefore);
  if (more.gt(automaticUpTo)) return null;
  const words = more.lte(0)
    ? 'it costs no more than now'
    : `it costs ${more.toFixed(2)} ${cost.currency} more per month`;
  return `cost limit: ${words}, up to ${automaticUpTo} ${cost.currency} need no person`;
};
