import { type HostSnapshot, holdsCapacity, type Inventory, type VmSnapshot } from '../inventory';
import type { PlacementPreferences, Spread } from '../requirements';
import { addShapes, describeShape, type Shape, shapeFits, subtractShapes, sumShapes } from '../shape';

export interface PlacementRequest {
  readonly inventory: Inventory;
  readonly clusterId: string;
  /** One per VM wanted, in the order in which they are placed. Spares stand outside the spread. */
  readonly wanted: readonly { readonly shape: Shape; readonly role: 'node' | 'spare' }[];
  readonly spread: Spread;
  /** VMs of this cluster that go once the new ones serve: they hold capacity, but do not count for the spread. */
  readonly leaving: ReadonlySet<string>;
  readonly preferences: PlacementPreferences;
  /** Hosts that must not be used, by id. */
  readonly avoid?: ReadonlySet<string>;
}

export interface MissingOnHost {
  readonly host: string;
  readonly site: string;
  readonly free: Shape;
  /** Why this host cannot take the VM. */
  readonly reason: string;
}

export type Placement =
  | { readonly ok: true; readonly hosts: readonly HostSnapshot[] }
  | {
      readonly ok: false;
      readonly message: string;
      readonly details: {
        readonly needed: Shape;
        readonly placed: number;
        readonly wanted: number;
        readonly hosts: readonly MissingOnHost[];
      };
    };

/** What a host has left: capacity less every VM on it, in every state but released. */
export const freeOn = (host: HostSnapshot, vms: readonly VmSnapshot[]): Shape =>
  subtractShapes(
    host.capacity,
    sumShapes(vms.filter((vm) => vm.hostId === host.id && holdsCapacity(vm.state)).map((vm) => vm.shape)),
  );

interface Candidate {
  readonly host: HostSnapshot;
  readonly free: Shape;
  readonly nodesOnHost: number;
  readonly nodesInSite: number;
  readonly leavingOnHost: number;
}

/**
 * Chooses a host for each wanted VM, or says what is missing. Greedy and deterministic: hosts that may take the VM are
 * ordered by what the spread asks for, then by the memory left, then by name.
 *
 * Spread `host` is strict. A host whose node is about to leave may be used, when no other fits.
 */
export function place(request: PlacementRequest): Placement {
  const { inventory, wanted } = request;
  const chosen: { host: HostSnapshot; shape: Shape; role: 'node' | 'spare' }[] = [];
  const base = new Map(inventory.hosts.map((host) => [host.id, freeOn(host, inventory.vms)]));
  const staying = inventory.vms.filter(
    (vm) =>
      vm.clusterId === request.clusterId &&
      vm.role === 'node' &&
      holdsCapacity(vm.state) &&
      !request.leaving.has(vm.id),
  );
  const siteOf = new Map(inventory.hosts.map((host) => [host.id, host.siteId]));

  for (const want of wanted) {
    const nodeHosts = [
      ...staying.map((vm) => vm.hostId),
      ...chosen.filter((c) => c.role === 'node').map((c) => c.host.id),
    ];
    const candidates = inventory.hosts.map((host): Candidate => {
      const taken = chosen.filter((c) => c.host.id === host.id).map((c) => c.shape);
      return {
        host,
        free: subtractShapes(base.get(host.id) ?? host.capacity, sumShapes(taken)),
        nodesOnHost: nodeHosts.filter((id) => id === host.id).length,
        nodesInSite: nodeHosts.filter((id) => siteOf.get(id) === host.siteId).length,
        leavingOnHost: inventory.vms.filter((vm) => vm.hostId === host.id && request.leaving.has(vm.id)).length,
      };
    });
    const best = candidates
      .filter((c) => whyNot(c, want, request) === null)
      .sort((a, b) => compare(rank(a, request.spread), rank(b, request.spread)))[0];
    if (best === undefined) return missing(candidates, want, chosen.length, request);
    chosen.push({ host: best.host, shape: want.shape, role: want.role });
  }
  return { ok: true, hosts: chosen.map((c) => c.host) };
}

const rank = (c: Candidate, spread: Spread): readonly (number | string)[] => {
  const load = [c.leavingOnHost, -c.free.memoryMiB, c.host.name];
  switch (spread) {
    case 'none':
      return load;
    case 'host':
      return [c.nodesInSite, ...load];
    case 'site':
      return [c.nodesInSite, c.nodesOnHost, ...load];
    default:
      return spread satisfies never;
  }
};

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (y === undefined || x === y) continue;
    return x < y ? -1 : 1;
  }
  return 0;
}

function whyNot(
  c: Candidate,
  want: { readonly shape: Shape; readonly role: 'node' | 'spare' },
  request: PlacementRequest,
): string | null {
  const { hosts, sites } = request.preferences;
  if (c.host.state !== 'up') return `is ${c.host.state}`;
  if (request.avoid?.has(c.host.id)) return 'is to be left';
  if (hosts !== undefined && hosts.length > 0 && !hosts.includes(c.host.name))
    return 'is not among the hosts asked for';
  if (sites !== undefined && sites.length > 0 && !sites.includes(c.host.siteName))
    return 'is not in the sites asked for';
  if (want.role === 'node' && request.spread === 'host' && c.nodesOnHost > 0)
    return 'has a node of this cluster already';
  if (!shapeFits(want.shape, c.free)) return `has ${describeShape(c.free)} free`;
  return null;
}

function missing(
  candidates: readonly Candidate[],
  want: { readonly shape: Shape; readonly role: 'node' | 'spare' },
  placed: number,
  request: PlacementRequest,
): Placement {
  const hosts = candidates.map((c) => ({
    host: c.host.name,
    site: c.host.siteName,
    free: c.free,
    reason: whyNot(c, want, request) ?? '',
  }));
  const each = hosts.map((h) => `${h.host} ${h.reason}`).join('; ');
  return {
    ok: false,
    message: `No host can take ${placed === 0 ? 'a' : `VM ${placed + 1} of ${request.wanted.length}, a`} ${want.role} of ${describeShape(want.shape)}: ${each === '' ? 'there are no hosts' : each}.`,
    details: { needed: want.shape, placed, wanted: request.wanted.length, hosts },
  };
}

/** The inventory with VMs added at hosts, as reservations. */
export const withReservations = (
  inventory: Inventory,
  clusterId: string,
  added: readonly {
    readonly id: string;
    readonly hostId: string;
    readonly shape: Shape;
    readonly role: 'node' | 'spare';
  }[],
): Inventory => ({
  ...inventory,
  vms: [
    ...inventory.vms,
    ...added.map((vm) => ({ ...vm, name: vm.id, clusterId, state: 'reserved' as const, imageKey: '' })),
  ],
});

/** Peak of what is held beyond `before` when all of `added` run before anything is given back. */
export const sumAdded = (added: readonly { readonly shape: Shape }[]): Shape =>
  added.reduce((sum, vm) => addShapes(sum, vm.shape), { vcpus: 0, memoryMiB: 0, diskGiB: 0 });
