import type { MapHost, PlanView } from '@/lib/domain/contract';
import { addShapes, countThatFit, NO_SHAPE, type Shape, subtractShapes } from '@/lib/domain/shape';

/** What a host has room for, and what the plan does to it. */
export interface HostFit {
  readonly host: MapHost;
  /** How many more VMs of the wanted shape fit now; none on a host that takes no new ones. */
  readonly room: number;
  readonly comes: readonly string[];
  readonly goes: readonly string[];
  /** What the plan takes besides, until the old ones are given back. */
  readonly planned: Shape;
}

const sumOf = (vms: PlanView['creates']): Shape => vms.reduce((sum, { shape }) => addShapes(sum, shape), NO_SHAPE);

/** Hosts that the plan touches first, then those with most room. */
export const fitsOf = (hosts: readonly MapHost[], shape: Shape, plan: PlanView | null): readonly HostFit[] =>
  hosts
    .map((host): HostFit => {
      const comes = (plan?.creates ?? []).filter(({ hostId }) => hostId === host.id);
      return {
        host,
        room: host.state === 'up' ? countThatFit(shape, subtractShapes(host.capacity, host.used)) : 0,
        comes: comes.map(({ name }) => name),
        goes: (plan?.removes ?? []).filter(({ hostId }) => hostId === host.id).map(({ name }) => name),
        planned: sumOf(comes),
      };
    })
    .sort(
      (a, b) =>
        b.comes.length + b.goes.length - (a.comes.length + a.goes.length) ||
        b.room - a.room ||
        a.host.name.localeCompare(b.host.name),
    );
