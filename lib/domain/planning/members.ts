import { type HostSnapshot, holdsCapacity, type NodeSnapshot, type VmSnapshot } from '../inventory';
import type { PlannedVm } from '../plan';
import { type Outgoing, plannedVm } from './assemble';
import type { ObservedCluster } from './types';

/** A VM of the cluster with its host, and what is known of it as a node (null for a spare). */
export interface Member {
  readonly vm: VmSnapshot;
  readonly host: HostSnapshot;
  readonly node: NodeSnapshot | null;
  readonly planned: PlannedVm;
}

/** Nodes and spares of the cluster, oldest name first. Throws when a VM is on a host that is not in the inventory. */
export function membersOf(observed: ObservedCluster): readonly Member[] {
  return observed.inventory.vms
    .filter((vm) => vm.clusterId === observed.id && holdsCapacity(vm.state))
    .map((vm): Member => {
      const host = observed.inventory.hosts.find((h) => h.id === vm.hostId);
      if (host === undefined) throw new Error(`VM ${vm.name} is on host ${vm.hostId}, which is not in the inventory`);
      const node = observed.nodes.find((n) => n.vmId === vm.id) ?? null;
      return { vm, host, node, planned: plannedVm(vm, host) };
    })
    .sort((a, b) => ordinalOf(a.vm.name) - ordinalOf(b.vm.name) || (a.vm.name < b.vm.name ? -1 : 1));
}

/** 7 of `shop-7`; 0 when the name has no number. */
export const ordinalOf = (name: string): number => Number(/-(\d+)$/.exec(name)?.[1] ?? 0);

export const isDead = (m: Member): boolean => m.node?.state === 'failed' || m.vm.state === 'failed';

export const outgoing = (m: Member, observed: ObservedCluster): Outgoing => ({
  vm: m.planned,
  dead: isDead(m),
  holdsVolume: observed.volumeId !== null && (m.node?.runsApplication ?? false),
});
