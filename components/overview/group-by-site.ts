import type { HostView } from '@/lib/domain/contract';
import { addShapes, NO_SHAPE, type Shape } from '@/lib/domain/shape';

export interface SiteSummary {
  readonly name: string;
  readonly hosts: readonly HostView[];
}

/** Sites by name, each with its hosts in the order given. */
export const groupBySite = (hosts: readonly HostView[]): readonly SiteSummary[] =>
  [...new Set(hosts.map((host) => host.site))]
    .sort()
    .map((name) => ({ name, hosts: hosts.filter((host) => host.site === name) }));

/** Of all hosts together, whatever their state. */
export const totalsOf = (hosts: readonly HostView[]): { readonly capacity: Shape; readonly used: Shape } => ({
  capacity: hosts.reduce((sum, host) => addShapes(sum, host.capacity), NO_SHAPE),
  used: hosts.reduce((sum, host) => addShapes(sum, host.used), NO_SHAPE),
});
