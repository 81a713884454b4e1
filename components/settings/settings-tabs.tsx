import { NavTabs } from '@/components/ui/nav-tabs';
import type { Role } from '@/lib/domain/role';
import { settingsPagesFor } from './settings-pages';

export const SettingsTabs = ({ role }: { readonly role: Role }) => (
  <NavTabs label="Settings" tabs={settingsPagesFor(role)} />
);
