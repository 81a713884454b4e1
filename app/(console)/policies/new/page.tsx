import type { Metadata } from 'next';
import { PolicyForm } from '@/components/policies/policy-form';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listClusters } from '@/lib/usecases/clusters/list-clusters';
import { NoPermission } from '../../no-permission';
import { create, remove, tryOut, update } from '../actions';

export const metadata: Metadata = { title: 'Add policy' };

export default async function NewPolicyPage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'policy.write')) {
    return (
      <Page>
        <PageHeader title="Add policy" />
        <NoPermission permission="policy.write" role={role} />
      </Page>
    );
  }
  const clusters = await listClusters(context, { limit: 200 });
  return (
    <Page>
      <PageHeader breadcrumbs={[{ label: 'Policies', href: '/policies' }]} title="Add policy" />
      <PolicyForm
        clusters={clusters.items.map(({ name }) => name)}
        policy={null}
        actions={{ create, update, remove }}
        tryOut={tryOut}
      />
    </Page>
  );
}
