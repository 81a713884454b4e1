import type { Metadata } from 'next';
import { CostTabs } from '@/components/cost/cost-tabs';
import { SchedulesTable } from '@/components/cost/schedules-table';
import { SetSchedule } from '@/components/cost/set-schedule';
import { StatementsTable } from '@/components/cost/statements-table';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listSchedules } from '@/lib/usecases/billing/statement-schedules';
import { listStatements } from '@/lib/usecases/billing/statements';
import { dropSchedule, putSchedule } from '../actions';
import { NoRates, orNoRates } from '../or-no-rates';

export const metadata: Metadata = { title: 'Statements' };

/** As many as ten years of 100 cost centres are. */
const SHOWN = 12_000;
const SCHEDULES_SHOWN = 200;

export default async function StatementsPage() {
  const context = await pageContext();
  const [page, schedules] = await Promise.all([
    orNoRates(listStatements(context, { limit: SHOWN })),
    orNoRates(listSchedules(context, { limit: SCHEDULES_SHOWN })),
  ]);
  if (page === null || schedules === null) return <NoRates />;
  const mayWrite = roleCan(context.actor.role, 'statements.write');
  return (
    <>
      <PageHeader
        title="Statements"
        description="Per month and cost centre. A month is closed a day after its end; closed ones never change."
        actions={mayWrite ? <SetSchedule set={putSchedule} /> : undefined}
      />
      <CostTabs />
      <div className="flex flex-col gap-4">
        <StatementsTable items={page.items} />
        <Panel title="Sent by mail" description="Closed statements go to these people by themselves." flush>
          <SchedulesTable items={schedules.items} remove={mayWrite ? dropSchedule : null} />
        </Panel>
      </div>
    </>
  );
}
