import type { Metadata } from 'next';
import { AccountTabs } from '@/components/personal/account-tabs';
import { PreferencesForm } from '@/components/personal/preferences-form';
import { Page, PageHeader } from '@/components/ui/page-header';

export const metadata: Metadata = { title: 'Preferences' };

export default function AccountPage() {
  return (
    <Page>
      <PageHeader title="Preferences" description="Yours alone; each is saved as you choose it." />
      <AccountTabs />
      <PreferencesForm />
    </Page>
  );
}
