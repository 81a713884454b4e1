import type { MapHost } from '@/lib/domain/contract';

export interface SiteSummary {
  readonly name: string;
  readonly hosts: readonly MapHost[];
}

/** Sites by name, each with its hosts in the order given. */
export const groupBySite = (hosts: readonly MapHost[]): readonly SiteSummary[] => {
  const sites = new Map<string, MapHost[]>();
  for (const host of hosts) {
    const site = sites.get(host.site);
    if (site === undefined) sites.set(host.site, [host]);
    else site.push(host);
  }
  return [...sites].sort(([a], [b]) => a.localeCompare(b)).map(([name, own]) => ({ name, hosts: own }));
};
