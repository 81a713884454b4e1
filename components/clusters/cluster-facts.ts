import type { ClusterView, NodeView, PlanView } from '@/lib/domain/contract';

const isNode = (node: NodeView): boolean => node.role === 'node';

/** Members of the active set, and those on their way into or out of it. */
export const nodesOf = (cluster: ClusterView): readonly NodeView[] => cluster.nodes.filter(isNode);

export const sparesOf = (cluster: ClusterView): readonly NodeView[] => cluster.nodes.filter((node) => !isNode(node));

export type VipHolder =
  | { readonly known: true; readonly names: readonly string[] }
  /** No node says that it holds it, and at least one does not say. */
  | { readonly known: false };

/** Who says that it holds the VIP. More than one name is a split brain and has to be seen. */
export const vipHolderOf = (cluster: ClusterView): VipHolder => {
  const nodes = nodesOf(cluster);
  const names = nodes.filter((node) => node.vipHolder === true).map(({ name }) => name);
  if (names.length > 0) return { known: true, names };
  return nodes.length > 0 && nodes.every((node) => node.vipHolder === false)
    ? { known: true, names }
    : { known: false };
};

export const vipHolderText = (holder: VipHolder): string => {
  if (!holder.known) return 'holder not known';
  return holder.names.length === 0 ? 'held by no node' : `held by ${holder.names.join(' and ')}`;
};

/** "3 of 3": nodes that serve, of those that are wanted. */
export const nodesText = (cluster: ClusterView): string =>
  `${nodesOf(cluster).filter((node) => node.state === 'active').length} of ${cluster.requirements.nodes}`;

/** Whether anything that changes the cluster would be accepted now; otherwise why not. */
export const whyNotChangeable = (cluster: ClusterView): string | null => {
  if (cluster.activeOperation !== null) return 'Another operation of this cluster is under way.';
  if (cluster.state === 'running' || cluster.state === 'degraded') return null;
  return `The cluster is ${cluster.state}.`;
};

export interface HostPlacement {
  readonly host: string;
  readonly site: string;
  readonly vms: readonly PlanView['creates'][number][];
}

/** What a plan creates, host by host. */
export const placementOf = (plan: Pick<PlanView, 'creates'>): readonly HostPlacement[] => {
  const hosts = [...new Set(plan.creates.map(({ hostName }) => hostName))].sort();
  return hosts.map((host) => {
    const vms = plan.creates.filter(({ hostName }) => hostName === host);
    return { host, site: vms[0]?.siteName ?? '', vms };
  });
};
