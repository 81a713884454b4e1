import type { PlanCostView } from '@/lib/domain/contract';
import { formatMoney, formatPrice } from './money-text';

/** What a plan changes in cost, where it is decided. */
export const PlanCost = ({ cost }: { readonly cost: PlanCostView }) => {
  const { currency, perHourBefore, perHourAfter, perMonthBefore, perMonthAfter } = cost;
  if (perHourBefore === perHourAfter) return <p>Cost stays {formatMoney(perMonthAfter, currency)} per month.</p>;
  return (
    <p>
      Cost per month: {formatMoney(perMonthBefore, currency)} → {formatMoney(perMonthAfter, currency)}{' '}
      <span className="text-fg-3">
        (per hour {formatPrice(perHourBefore, '')} → {formatPrice(perHourAfter, '')})
      </span>
    </p>
  );
};
