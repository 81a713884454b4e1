import type { ClusterView, PlanView } from '@/lib/domain/contract';
import { NODES_MAX, type Pair } from '@/lib/domain/requirements';

/** A VM that may succeed a node: one that is made, or a spare that is taken. */
export interface Successor {
  /** As a pairing names it: `new-1`, or a spare's name. */
  readonly name: string;
  readonly hint: string;
}

export interface PairingSlot {
  /** The node that goes. */
  readonly from: string;
  readonly host: string;
  /** Who succeeds it because the operator says so; null where the planner decides. */
  readonly to: string | null;
  /** Who succeeds it by the plan; null while there is none, or when nobody does. */
  readonly planned: string | null;
}

/** Spares first, as the planner takes them. */
export const successorsOf = (cluster: ClusterView, nodes: number): readonly Successor[] => {
  const count = Number.isFinite(nodes) ? Math.max(0, Math.min(nodes, NODES_MAX)) : 0;
  return [
    ...cluster.nodes
      .filter(({ role }) => role === 'spare')
      .map(({ name, host }) => ({ name, hint: `spare on ${host}` })),
    ...Array.from({ length: count }, (_, i) => ({ name: `new-${i + 1}`, hint: 'a new VM' })),
  ];
};

/** Nodes that the plan replaces or removes; before there is a plan all of them. */
export const slotsOf = (
  cluster: ClusterView,
  pairing: readonly Pair[],
  plan: PlanView | null,
): readonly PairingSlot[] => {
  const going = plan === null ? null : new Set(plan.removes.map(({ name }) => name));
  return cluster.nodes
    .filter(({ role, name }) => role === 'node' && (going === null || going.has(name)))
    .map(({ name, host }) => ({
      from: name,
      host,
      to: pairing.find((pair) => pair.from === name)?.to ?? null,
      planned: plan?.pairing.find((pair) => pair.from === name)?.to ?? null,
    }));
};
