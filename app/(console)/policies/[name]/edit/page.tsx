import type { Metadata } from 'next';
import { PolicyForm } from '@/components/policies/policy-form';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { getPolicy } from '@/lib/usecases/policies/policies';
import { NoPermission } from '../../../no-permission';
import { orNotFound } from '../../../or-not-found';
import { create, remove, tryOut, update } from '../../actions';

export const metadata: Metadata = { title: 'Change policy' };

interface EditPolicyPageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export default async function EditPolicyPage({ params }: EditPolicyPageProps) {
  const name = decodeURIComponent((await params).name);
  const context = await pageContext();
  const policy = await orNotFound(getPolicy(context, name));
  const { role } = context.actor;
  return (
    <Page>
      <PageHeader
        breadcrumbs={[
          { label: 'Policies', href: '/policies' },
          { label: policy.name, href: `/policies/${policy.name}` },
        ]}
        title={`Change ${policy.name}`}
      />
      {roleCan(role, 'policy.write') ? (
        <PolicyForm
          clusters={[policy.cluster.name]}
          policy={policy}
          actions={{ create, update, remove }}
          tryOut={tryOut}
        />
      ) : (
        <NoPermission permission="policy.write" role={role} />
      )}
    </Page>
  );
}
