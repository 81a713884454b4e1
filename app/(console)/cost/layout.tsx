import type { ReactNode } from 'react';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { NoPermission } from '../no-permission';

export default async function CostLayout({ children }: { readonly children: ReactNode }) {
  const { role } = (await pageContext()).actor;
  return (
    <Page>
      {roleCan(role, 'usage.read') ? (
        children
      ) : (
        <>
          <PageHeader title="Cost" />
          <NoPermission permission="usage.read" role={role} />
        </>
      )}
    </Page>
  );
}
