import type { MapHost, MapVm } from '@/lib/domain/contract';

/** Something that happened between two looks at the map, in words. */
export interface MapChange {
  readonly key: string;
  readonly text: string;
}

interface Placed extends MapVm {
  readonly host: string;
}

const placed = (hosts: readonly MapHost[]): readonly Placed[] =>
  hosts.flatMap((host) => host.vms.map((vm) => ({ ...vm, host: host.name })));

const ARRIVED: Readonly<Record<MapVm['state'], string>> = {
  starting: 'starts',
  joining: 'joins',
  active: 'takes traffic',
  draining: 'drains',
  left: 'has left',
  leaving: 'is given back',
  failed: 'has failed',
  spare: 'is ready as a spare',
};

const label = (vm: Placed): string => `${vm.name} on ${vm.host}`;

const vmChange = (before: Placed | undefined, after: Placed): readonly MapChange[] => {
  if (before?.state === after.state) return [];
  return [{ key: `${after.id} ${after.state}`, text: `${label(after)} ${ARRIVED[after.state]}` }];
};

/** Who holds the VIP, by cluster. */
export const holdersOf = (hosts: readonly MapHost[]): ReadonlyMap<string, MapVm> =>
  new Map(
    hosts.flatMap((host) =>
      host.vms.flatMap((vm): [string, MapVm][] => (vm.vip && vm.cluster !== null ? [[vm.cluster, vm]] : [])),
    ),
  );

const vipChanges = (before: ReadonlyMap<string, MapVm>, after: ReadonlyMap<string, MapVm>): readonly MapChange[] =>
  [...after].flatMap(([cluster, holder]) => {
    const earlier = before.get(cluster);
    if (earlier === undefined || earlier.id === holder.id) return [];
    return [
      { key: `${cluster} ${holder.id} vip`, text: `${cluster}: the VIP moves from ${earlier.name} to ${holder.name}` },
    ];
  });

/**
 * What happened between two looks, VIPs first. `holders` are the last known ones: while a VIP moves, nobody may be known to
 * hold it for a moment.
 */
export const changesBetween = (
  before: { readonly hosts: readonly MapHost[]; readonly holders: ReadonlyMap<string, MapVm> },
  hosts: readonly MapHost[],
): readonly MapChange[] => {
  const earlier = new Map(placed(before.hosts).map((vm) => [vm.id, vm]));
  const now = placed(hosts);
  const present = new Set(now.map(({ id }) => id));
  const gone = [...earlier.values()].filter(({ id }) => !present.has(id));
  return [
    ...vipChanges(before.holders, holdersOf(hosts)),
    ...now.flatMap((vm) => vmChange(earlier.get(vm.id), vm)),
    ...gone.map((vm) => ({ key: `${vm.id} gone`, text: `${label(vm)} is gone, its room is free` })),
  ];
};
