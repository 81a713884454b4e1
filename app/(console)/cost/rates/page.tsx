import type { Metadata } from 'next';
import { AddRate } from '@/components/cost/add-rate';
import { CostTabs } from '@/components/cost/cost-tabs';
import { RatesTable } from '@/components/cost/rates-table';
import { PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listRates } from '@/lib/usecases/billing/rates';
import { addRate } from '../actions';
import { NoRates, orNoRates } from '../or-no-rates';

export const metadata: Metadata = { title: 'Rates' };

const SHOWN = 200;

export default async function RatesPage() {
  const context = await pageContext();
  const rates = await orNoRates(listRates(context, { limit: SHOWN }));
  if (rates === null) return <NoRates />;
  const latest = rates.items.find((rate) => rate.inForce && rate.costCentre === null) ?? rates.items[0] ?? null;
  return (
    <>
      <PageHeader
        title="Rates"
        description={`Prices per hour${latest === null ? '' : ` in ${latest.currency}`}. A cost centre's own come before those for all others.`}
        actions={roleCan(context.actor.role, 'rates.write') ? <AddRate create={addRate} latest={latest} /> : undefined}
      />
      <CostTabs />
      <RatesTable items={rates.items} />
    </>
  );
}
