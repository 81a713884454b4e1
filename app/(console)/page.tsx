import type { Metadata } from 'next';
import { AlarmsPanel } from '@/components/alarms/alarms-panel';
import { FirstRunPanel } from '@/components/first-run/first-run-panel';
import { NowPanel, RecentPanel } from '@/components/overview/activity-panels';
import { ClustersPanel } from '@/components/overview/clusters-panel';
import { ACTIVE_LIMIT, ENDED_LIMIT } from '@/components/overview/limits';
import { NeedsPanel } from '@/components/overview/needs-panel';
import { SitesMap } from '@/components/overview/sites-map';
import { Summary } from '@/components/overview/summary';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listAlarms } from '@/lib/usecases/alarms/list-alarms';
import { listOperations } from '@/lib/usecases/operations/operations';
import { getOverview } from '@/lib/usecases/overview/get-overview';
import { getToday } from '@/lib/usecases/overview/today';
import { listWorkloads } from '@/lib/usecases/workloads/workloads';
import { alarmActionsFor, OPEN_ALARMS } from './alarm-actions';
import { previewCreation, startCreation } from './clusters/actions';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const context = await pageContext();
  const [overview, today, alarms, active, ended] = await Promise.all([
    getOverview(context),
    getToday(context),
    listAlarms(context, OPEN_ALARMS),
    listOperations(context, { limit: ACTIVE_LIMIT, active: true }),
    listOperations(context, { limit: ENDED_LIMIT, active: false }),
  ]);
  const isFirstRun = overview.totals.clusters === 0 && roleCan(context.actor.role, 'cluster.create');
  return (
    <Page>
      <PageHeader title="Overview" />
      <div className="flex flex-col gap-4">
        <div id="alarms" className="scroll-mt-16 empty:hidden">
          <AlarmsPanel initial={alarms} actions={alarmActionsFor(context.actor.role)} />
        </div>
        {isFirstRun && (
          <FirstRunPanel
            initial={overview}
            workloads={(await listWorkloads(context, { limit: 200 })).items}
            actions={{ preview: previewCreation, start: startCreation }}
          />
        )}
        <Summary overview={overview} today={today} />
        {/* Two columns where there is room; else what waits and what happens, then the map, and what is over last. */}
        <div className="grid items-start gap-4 sm:max-xl:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex min-w-0 flex-col gap-4 max-xl:contents">
            <div className="min-w-0 max-xl:order-3 max-xl:col-span-full">
              <SitesMap initial={overview} />
            </div>
            <div className="min-w-0 max-xl:order-4 max-xl:col-span-full">
              <ClustersPanel initial={overview} canCreate={roleCan(context.actor.role, 'cluster.create')} />
            </div>
          </div>
          <div className="flex min-w-0 flex-col gap-4 max-xl:contents">
            <div className="min-w-0 max-xl:order-1">
              <NeedsPanel initial={overview} />
            </div>
            <div className="min-w-0 max-xl:order-2">
              <NowPanel initial={active} />
            </div>
            <div className="min-w-0 max-xl:order-5 max-xl:col-span-full">
              <RecentPanel initial={ended} />
            </div>
          </div>
        </div>
      </div>
    </Page>
  );
}
