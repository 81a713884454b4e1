import type { ReactNode } from 'react';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { NoPermission } from '../no-permission';

export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const { role } = (await pageContext()).actor;
  return (
    <Page>
      <PageHeader title="Settings" />
      {roleCan(role, 'users.write') ? (
        <>
          <SettingsTabs />
          {children}
        </>
      ) : (
        <NoPermission permission="users.write" role={role} />
      )}
    </Page>
  );
}
