import type { Metadata } from 'next';
import { StatementsTable } from '@/components/cost/statements-table';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { listStatements } from '@/lib/usecases/billing/statements';
import { NoRates, orNoRates } from '../or-no-rates';

export const metadata: Metadata = { title: 'Statements' };

/** As many as ten years of 100 cost centres are. */
const SHOWN = 12_000;

export default async function StatementsPage() {
  const page = await orNoRates(listStatements(await pageContext(), { limit: SHOWN }));
  if (page === null) return <NoRates />;
  return (
    <>
      <PageHeader
        title="Statements"
        description="Per month and cost centre. A month is closed a day after its end; closed ones never change."
      />
      <Panel flush>
        <StatementsTable items={page.items} />
      </Panel>
    </>
  );
}
