import { CircleDollarSign } from 'lucide-react';
import { CostTabs } from '@/components/cost/cost-tabs';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
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
  <>
    <PageHeader title="Cost" />
    <CostTabs />
    <Panel flush>
      <EmptyState icon={<CircleDollarSign />} title="There are no rates yet">
        The orchestrator makes the first ones when it starts; finance may add others under Rates.
      </EmptyState>
    </Panel>
  </>
);
