import type { Metadata } from 'next';
import { CostTabs } from '@/components/cost/cost-tabs';
import { ExportForm } from '@/components/cost/export-form';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { monthOf } from '@/lib/domain/usage/month';
import { listStatements } from '@/lib/usecases/billing/statements';
import { NoRates, orNoRates } from '../or-no-rates';

export const metadata: Metadata = { title: 'Exports' };

const ALL = 12_000;

export default async function ExportsPage() {
  const context = await pageContext();
  const statements = await orNoRates(listStatements(context, { limit: ALL }));
  if (statements === null) return <NoRates />;
  const now = monthOf(context.clock().getTime());
  const months = [...new Set([now, ...statements.items.map(({ month }) => month)])].sort().reverse();
  return (
    <>
      <PageHeader
        title="Exports"
        description="A month as the FinOps Open Cost and Usage Specification (FOCUS) has it. Billed costs add up to the statements, to the cent."
      />
      <CostTabs />
      <Panel>
        <ExportForm months={months} />
      </Panel>
    </>
  );
}
