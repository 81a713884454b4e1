import type { Metadata } from 'next';
import { BudgetsTable } from '@/components/cost/budgets-table';
import { CostTabs } from '@/components/cost/cost-tabs';
import { SetBudget } from '@/components/cost/set-budget';
import { PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listBudgets } from '@/lib/usecases/billing/budgets';
import { dropBudget, putBudget } from '../actions';
import { NoRates, orNoRates } from '../or-no-rates';

export const metadata: Metadata = { title: 'Budgets' };

const SHOWN = 200;

export default async function BudgetsPage() {
  const context = await pageContext();
  const budgets = await orNoRates(listBudgets(context, { limit: SHOWN }));
  if (budgets === null) return <NoRates />;
  const mayWrite = roleCan(context.actor.role, 'budgets.write');
  return (
    <>
      <PageHeader
        title="Budgets"
        description="What this month cost so far and is expected to come to, without tax, beside what it may."
        actions={mayWrite ? <SetBudget set={putBudget} /> : undefined}
      />
      <CostTabs />
      <BudgetsTable items={budgets.items} remove={mayWrite ? dropBudget : null} />
    </>
  );
}
