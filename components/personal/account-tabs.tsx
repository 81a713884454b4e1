import { NavTabs } from '@/components/ui/nav-tabs';

const TABS = [
  { label: 'Preferences', href: '/account' },
  { label: 'Security', href: '/account/security' },
] as const;

export const AccountTabs = () => <NavTabs label="Account" tabs={TABS} />;
