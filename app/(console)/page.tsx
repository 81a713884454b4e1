import type { Metadata } from 'next';
import { AlarmsPanel } from '@/components/alarms/alarms-panel';
import { NowPanel, RecentPanel } from '@/components/overview/activity-panels';
import { ClustersPanel } from '@/components/overview/clusters-panel';
import { ACTIVE_LIMIT, ENDED_LIMIT } from '@/components/overview/limits';
import { SitesMap } from '@/components/overview/sites-map';
import { Summary } from '@/components/overview/summary';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listAlarms } from '@/lib/usecases/alarms/list-alarms';
import { listClusters } from '@/lib/usecases/clusters/list-clusters';
import { listHosts } from '@/lib/usecases/hosts/hosts';
import { listOperations } from '@/lib/usecases/operations/operations';
import { alarmActionsFor, OPEN_ALARMS } from './alarm-actions';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const context = await pageContext();
  const [alarms, clusters, hosts, active, ended] = await Promise.all([
    listAlarms(context, OPEN_ALARMS),
    listClusters(context, { limit: 200 }),
    listHosts(context, { limit: 200 }),
    listOperations(context, { limit: ACTIVE_LIMIT, active: true }),
    listOperations(context, { limit: ENDED_LIMIT, active: false }),
  ]);
  return (
    <Page>
      <PageHeader title="Overview" />
      <div className="flex flex-col gap-4">
        <AlarmsPanel initial={alarms} actions={alarmActionsFor(context.actor.role)} />
        <Summary clusters={clusters} hosts={hosts} />
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem] xl:grid-rows-[auto_1fr]">
          <ClustersPanel initial={clusters} canCreate={roleCan(context.actor.role, 'cluster.create')} />
          <div className="flex min-w-0 flex-col gap-4 xl:row-span-2">
            <NowPanel initial={active} />
            <RecentPanel initial={ended} />
          </div>
          <SitesMap initial={hosts} />
        </div>
      </div>
    </Page>
  );
}
