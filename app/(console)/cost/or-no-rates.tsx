import { CircleDollarSign } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { isHeadroomError } from '@/lib/domain/errors';

/** What was read; null before there are any rates, or for a role that may not: then the layout says so. */
export const orNoRates = async <T,>(read: Promise<T>): Promise<T | null> => {
  try {
    return await read;
  } catch (error) {
    if (isHeadroomError(error) && (error.code === 'wrong_state' || error.code === 'forbidden')) return null;
    throw error;
  }
};

export const NoRates = () => (
  <EmptyState icon={<CircleDollarSign />} title="There are no rates yet">
    The orchestrator makes the first ones when it starts; finance may add others under Rates.
  </EmptyState>
);
