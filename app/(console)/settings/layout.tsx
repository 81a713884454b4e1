import type { ReactNode } from 'react';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';

/** Each page says itself whom it is open to: it and this layout are rendered independently of each other. */
export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const { role } = (await pageContext()).actor;
  return (
    <Page>
      <PageHeader title="Settings" />
      <SettingsTabs role={role} />
      {children}
    </Page>
  );
}
