import type { Shape } from '@/lib/domain/shape';
import type { SimHost } from './state';

export interface HostSpec {
  readonly name: string;
  readonly site: string;
  readonly capacity: Shape;
}

const HOST_CAPACITY: Shape = { vcpus: 8, memoryMiB: 6144, diskGiB: 64 };

/** Two sites with two hosts each: the same as the embedded lab of the `qemu` driver. */
export const DEFAULT_LAB: readonly HostSpec[] = [
  { name: 'paris-1', site: 'paris', capacity: HOST_CAPACITY },
  { name: 'paris-2', site: 'paris', capacity: HOST_CAPACITY },
  { name: 'lyon-1', site: 'lyon', capacity: HOST_CAPACITY },
  { name: 'lyon-2', site: 'lyon', capacity: HOST_CAPACITY },
];

/** A lab of any size: hosts are dealt to the sites in turn and named `<site>-<number>`. */
export const largeLab = (options: {
  readonly sites: readonly string[];
  readonly hosts: number;
  readonly capacity?: Shape;
}): readonly HostSpec[] =>
  Array.from({ length: options.hosts }, (_, i) => {
    const site = options.sites[i % options.sites.length] ?? 'site';
    return {
      name: `${site}-${Math.floor(i / Math.max(options.sites.length, 1)) + 1}`,
      site,
      capacity: options.capacity ?? HOST_CAPACITY,
    };
  });

/** How a host stands whose site nobody cut off. */
export const SITE_WELL = { siteManagement: true, siteIncoming: true, siteOutgoing: true } as const;

export const newHost = (spec: HostSpec): SimHost => ({
  id: spec.name,
  name: spec.name,
  site: spec.site,
  capacity: spec.capacity,
  power: 'on',
  management: true,
  incoming: true,
  outgoing: true,
  ...SITE_WELL,
  powerController: true,
  fenceAcknowledged: true,
});
