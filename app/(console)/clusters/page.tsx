import type { Metadata } from 'next';
import { ClustersTable } from '@/components/clusters/clusters-table';
import { CreateLink } from '@/components/clusters/create-link';
import { Page, PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listClusters } from '@/lib/usecases/clusters/list-clusters';

export const metadata: Metadata = { title: 'Clusters' };

export default async function ClustersPage() {
  const context = await pageContext();
  const clusters = await listClusters(context, { limit: 200 });
  const canCreate = roleCan(context.actor.role, 'cluster.create');
  return (
    <Page>
      <PageHeader
        title="Clusters"
        description="Services that keep the size asked for, each behind one address."
        actions={canCreate ? <CreateLink /> : undefined}
      />
      <Panel flush>
        <ClustersTable initial={clusters} canCreate={canCreate} />
      </Panel>
    </Page>
  );
}
