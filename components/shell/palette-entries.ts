import type { ClusterView, HostView } from '@/lib/domain/contract';
import { type Role, roleCan } from '@/lib/domain/role';
import { NAV } from './nav';
import type { PaletteEntry } from './rank-entries';

const pagesFor = (role: Role): readonly PaletteEntry[] => [
  ...NAV.filter((item) => roleCan(role, item.permission)).map(
    ({ label, href, keywords }): PaletteEntry => ({ kind: 'page', label, href, keywords, note: null }),
  ),
  ...(roleCan(role, 'cluster.create')
    ? [
        {
          kind: 'page',
          label: 'Create a cluster',
          href: '/clusters/new',
          keywords: ['new', 'add'],
          note: null,
        } as const,
      ]
    : []),
];

/** Everything a role can go to: pages, then clusters, then hosts. */
export const paletteEntries = (
  role: Role,
  clusters: readonly ClusterView[],
  hosts: readonly HostView[],
): readonly PaletteEntry[] => [
  ...pagesFor(role),
  ...clusters.map(
    ({ name, vip, workload, state }): PaletteEntry => ({
      kind: 'cluster',
      label: name,
      href: `/clusters/${name}`,
      keywords: [vip, workload],
      note: `${vip} · ${state}`,
    }),
  ),
  ...hosts.map(
    ({ name, site, state }): PaletteEntry => ({
      kind: 'host',
      label: name,
      href: `/hosts/${name}`,
      keywords: [site],
      note: `${site} · ${state}`,
    }),
  ),
];
