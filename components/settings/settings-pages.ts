import type { Permission, Role } from '@/lib/domain/role';
import { roleCan } from '@/lib/domain/role';

export interface SettingsPage {
  readonly label: string;
  readonly href: string;
  /** Hidden from roles without it. */
  readonly permission: Permission;
}

const PAGES: readonly SettingsPage[] = [
  { label: 'People', href: '/settings/people', permission: 'users.write' },
  { label: 'API tokens', href: '/settings/tokens', permission: 'tokens.write' },
  { label: 'Sessions', href: '/settings/sessions', permission: 'users.write' },
  { label: 'Sign-in', href: '/settings/sign-in', permission: 'settings.write' },
  { label: 'Images', href: '/settings/images', permission: 'cluster.read' },
  { label: 'Mail', href: '/settings/mail', permission: 'settings.write' },
  { label: 'Notifications', href: '/settings/notifications', permission: 'users.write' },
];

/** The settings that a role sees, in their order; everybody sees something. */
export const settingsPagesFor = (role: Role): readonly SettingsPage[] =>
  PAGES.filter(({ permission }) => roleCan(role, permission));
