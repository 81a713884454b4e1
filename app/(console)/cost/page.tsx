import type { Metadata } from 'next';
import { CostChart } from '@/components/cost/cost-chart';
import { CostControls } from '@/components/cost/cost-controls';
import { CostGroupsTable } from '@/components/cost/cost-groups-table';
import { CostTabs } from '@/components/cost/cost-tabs';
import { formatChange, formatMoney, formatMonth, formatPrice } from '@/components/cost/money-text';
import { Stat } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { COST_GROUPS, costsQuerySchema } from '@/lib/domain/contract';
import { type Month, monthOf, nextMonth, previousMonth } from '@/lib/domain/usage/month';
import { getCosts } from '@/lib/usecases/billing/costs';
import { NoRates, orNoRates } from './or-no-rates';

export const metadata: Metadata = { title: 'Cost' };

const MONTHS_TO_COMPARE = 24;

const monthsBefore = (last: Month): readonly Month[] => {
  const months = [last];
  while (months.length < MONTHS_TO_COMPARE) months.push(previousMonth(months.at(-1) ?? last));
  return months;
};

interface CostPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function CostPage({ searchParams }: CostPageProps) {
  const { month, groupBy, compareTo } = await searchParams;
  const context = await pageContext();
  const asked = costsQuerySchema.safeParse({
    month,
    compareTo,
    groupBy: COST_GROUPS.find((group) => group === groupBy),
  });
  const view = await orNoRates(getCosts(context, asked.success ? asked.data : { groupBy: 'cluster' }));
  if (view === null) return <NoRates />;
  const isPresent = view.month >= monthOf(context.clock().getTime());
  return (
    <>
      <PageHeader
        title="Cost"
        description="What was used, by the rates that were in force, without tax and before the rounding of statements."
        actions={
          <CostControls
            month={view.month}
            previous={previousMonth(view.month)}
            compareTo={view.previousMonth}
            months={monthsBefore(monthOf(context.clock().getTime()))}
            next={isPresent ? null : nextMonth(view.month)}
            groupBy={view.groupBy}
          />
        }
      />
      <CostTabs />
      <div className="flex flex-col gap-4">
        <Panel>
          <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
            <Stat
              label={formatMonth(view.month)}
              value={formatMoney(view.total, view.currency)}
              note={`${formatChange(view.total, view.previousTotal)} against ${formatMonth(view.previousMonth)}`}
            />
            {view.forecast !== null && (
              <Stat label="Expected to the month’s end" value={formatMoney(view.forecast, view.currency)} />
            )}
            <Stat label={formatMonth(view.previousMonth)} value={formatMoney(view.previousTotal, view.currency)} />
            <Stat label="Now, per hour" value={formatPrice(view.perHourNow, view.currency)} />
          </div>
        </Panel>
        <Panel title={`Cost per day, ${view.currency}`}>
          <CostChart view={view} />
        </Panel>
        <Panel title="By group" flush>
          <CostGroupsTable view={view} />
        </Panel>
      </div>
    </>
  );
}
