import type { Metadata } from 'next';
import { CreateForm } from '@/components/clusters/create-form';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listWorkloads } from '@/lib/usecases/workloads/workloads';
import { NoPermission } from '../../no-permission';
import { previewCreation, startCreation } from '../actions';

export const metadata: Metadata = { title: 'Create cluster' };

export default async function CreateClusterPage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'cluster.create')) {
    return (
      <Page>
        <PageHeader title="Create cluster" />
        <NoPermission permission="cluster.create" role={role} />
      </Page>
    );
  }
  const { items } = await listWorkloads(context, { limit: 200 });
  return (
    <Page>
      <PageHeader breadcrumbs={[{ label: 'Clusters', href: '/clusters' }]} title="Create cluster" />
      <CreateForm workloads={items} actions={{ preview: previewCreation, start: startCreation }} />
    </Page>
  );
}
