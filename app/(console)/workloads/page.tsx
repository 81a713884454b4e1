import type { Metadata } from 'next';
import { Page, PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { AddWorkload } from '@/components/workloads/add-workload';
import { WorkloadsTable } from '@/components/workloads/workloads-table';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listClusters } from '@/lib/usecases/clusters/list-clusters';
import { listWorkloads } from '@/lib/usecases/workloads/workloads';
import { addWorkload } from './actions';

export const metadata: Metadata = { title: 'Workloads' };

export default async function WorkloadsPage() {
  const context = await pageContext();
  const [workloads, clusters] = await Promise.all([
    listWorkloads(context, { limit: 200 }),
    listClusters(context, { limit: 200 }),
  ]);
  return (
    <Page>
      <PageHeader
        title="Workloads"
        description="What clusters can run: built-in services, and your own."
        actions={roleCan(context.actor.role, 'workload.write') ? <AddWorkload create={addWorkload} /> : undefined}
      />
      <Panel flush>
        <WorkloadsTable initial={workloads} clusters={clusters} />
      </Panel>
    </Page>
  );
}
