import { expect, it } from 'vitest';
import { ROLES } from '@/lib/domain/role';
import { settingsPagesFor } from './settings-pages';

it('shows administrators all settings, and everybody else what they may read', () => {
  expect(settingsPagesFor('admin')).toHaveLength(7);
  for (const role of ROLES.filter((one) => one !== 'admin'))
    expect(settingsPagesFor(role).map(({ href }) => href)).toEqual(['/settings/images']);
});
