import type { SearchHit } from '@/lib/domain/contract';
import { type Role, roleCan } from '@/lib/domain/role';
import { NAV } from './nav';
import type { PaletteEntry } from './rank-entries';

const page = (label: string, href: string, ...keywords: readonly string[]): PaletteEntry => ({
  kind: 'page',
  label,
  href,
  keywords,
  note: null,
});

const act = (label: string, href: string, ...keywords: readonly string[]): PaletteEntry => ({
  ...page(label, href, ...keywords),
  kind: 'act',
});

const pagesFor = (role: Role): readonly PaletteEntry[] => [
  ...NAV.filter(({ permission }) => roleCan(role, permission)).map(({ label, href, keywords }) =>
    page(label, href, ...keywords),
  ),
  ...(roleCan(role, 'usage.read')
    ? [
        page('Usage', '/cost/usage', 'ledger', 'intervals'),
        page('Statements', '/cost/statements', 'bills'),
        page('Rates', '/cost/rates', 'prices'),
        page('Budgets', '/cost/budgets', 'limits'),
        page('Exports', '/cost/exports', 'focus', 'csv'),
      ]
    : []),
  ...(roleCan(role, 'users.write')
    ? [
        page('People', '/settings/people', 'users', 'roles'),
        page('API tokens', '/settings/tokens', 'keys'),
        page('Notification channels', '/settings/notifications', 'mail', 'webhook', 'smtp'),
      ]
    : []),
  page('Preferences', '/account', 'zone', 'theme', 'density', 'personal'),
  page('Account security', '/account/security', 'password', 'sessions', 'two-factor'),
];

/** What one may do from anywhere; those with an address begin with `#` where the shell does them itself. */
const actsFor = (role: Role): readonly PaletteEntry[] => [
  ...(roleCan(role, 'cluster.create') ? [act('Create a cluster', '/clusters/new', 'new', 'add')] : []),
  ...(roleCan(role, 'policy.write') ? [act('Add a policy', '/policies/new', 'new', 'rule')] : []),
  ...(roleCan(role, 'lab.hurt') ? [act('Rehearse a failure', '/rehearsal', 'crash', 'lab')] : []),
  act('Operations under way', '/operations?active=true', 'running'),
  act('Operations that are stuck', '/operations?state=stuck', 'failed'),
  act('Spares', '/vms?role=spare', 'vms'),
  act('Light theme', '#theme-light', 'appearance'),
  act('Dark theme', '#theme-dark', 'appearance'),
  act('Mark all notifications read', '#read', 'bell'),
  act('Keyboard shortcuts', '#shortcuts', 'help', 'keys'),
  act('Sign out', '#sign-out', 'leave', 'log out'),
];

/** Pages and acts of a role; what exists is found by the server. */
export const paletteEntries = (role: Role): readonly PaletteEntry[] => [...pagesFor(role), ...actsFor(role)];

/** A thing that was found, and what one does about it most. */
export const hitEntries = (role: Role, hits: readonly SearchHit[]): readonly PaletteEntry[] =>
  hits.flatMap((hit) => {
    const entry: PaletteEntry = { ...hit, keywords: [] };
    if (hit.kind !== 'cluster') return [entry];
    const name = encodeURIComponent(hit.label);
    const about = (what: string, href: string): PaletteEntry => ({
      kind: 'act',
      label: `${hit.label}: ${what}`,
      href,
      keywords: [],
      note: null,
    });
    return [
      entry,
      about('operations', `/operations?cluster=${name}`),
      about('VMs', `/vms?cluster=${name}`),
      about('events', `/events?cluster=${name}`),
      ...(roleCan(role, 'audit.read')
        ? [about('audit', `/audit?subject=${encodeURIComponent(`cluster/${hit.label}`)}`)]
        : []),
    ];
  });
