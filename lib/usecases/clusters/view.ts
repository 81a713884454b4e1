import type { NodeHealth, Prisma, RequirementsRevision } from '@/lib/db/generated/client';
import { type ClusterView, loadInputSchema, type NodeView, type RevisionView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { toVerdict } from '@/lib/domain/health';
import { type Requirements, SPREADS, type Spread } from '@/lib/domain/requirements';
import { ACTIVE } from '../operations/active';

/** What a node said longer ago is not shown as what is. */
const OBSERVATION_AGE_MS_MAX = 15_000;

/** Everything that `toClusterView` reads. */
export const CLUSTER_INCLUDE = {
  workload: true,
  revisions: { orderBy: { generation: 'desc' }, take: 1 },
  vms: {
    where: { state: { not: 'released' } },
    orderBy: [{ createdAt: 'asc' }, { name: 'asc' }],
    include: { node: { include: { health: true } }, host: { include: { site: true } } },
  },
  operations: { where: ACTIVE, take: 1 },
} as const satisfies Prisma.ClusterInclude;

export type ClusterRow = Prisma.ClusterGetPayload<{ include: typeof CLUSTER_INCLUDE }>;
type VmRow = ClusterRow['vms'][number];

const isSpread = (text: string): text is Spread => SPREADS.some((s) => s === text);

export const toRequirements = (revision: RequirementsRevision): Requirements => {
  const { nodes, vcpus, memoryMiB, diskGiB, spread, spares } = revision;
  if (!isSpread(spread))
    throw new HeadroomError('internal', 'A revision has an unknown spread.', { context: { spread } });
  return { nodes, shape: { vcpus, memoryMiB, diskGiB }, spread, spares };
};

export const toRevisionColumns = (r: Requirements) => ({
  nodes: r.nodes,
  vcpus: r.shape.vcpus,
  memoryMiB: r.shape.memoryMiB,
  diskGiB: r.shape.diskGiB,
  spread: r.spread,
  spares: r.spares,
});

/** The requirements in force: those of the newest revision. */
export const requirementsInForce = (cluster: {
  readonly id: string;
  readonly revisions: readonly RequirementsRevision[];
}): Requirements => {
  const newest = cluster.revisions[0];
  if (newest === undefined)
    throw new HeadroomError('internal', 'A cluster has no requirements.', { context: { clusterId: cluster.id } });
  return toRequirements(newest);
};

export const toRevisionView = (revision: RequirementsRevision): RevisionView => ({
  generation: revision.generation,
  requirements: toRequirements(revision),
  author: revision.author,
  reason: revision.reason,
  createdAt: revision.createdAt.toISOString(),
});

const stateOf = (vm: VmRow): NodeView['state'] => {
  if (vm.role === 'spare') return vm.state === 'running' ? 'spare' : 'starting';
  return vm.node?.state ?? 'starting';
};

const toVerdictView = (health: NodeHealth | null): NodeView['health'] =>
  health === null
    ? null
    : { verdict: toVerdict(health.verdict), reason: health.reason, since: health.since.toISOString() };

/** What a node said of itself, unless it has long said nothing. */
export const freshOf = <T extends { readonly observedAt: Date | null }>(node: T | null, now: Date): T | null =>
  node !== null && node.observedAt !== null && now.getTime() - node.observedAt.getTime() <= OBSERVATION_AGE_MS_MAX
    ? node
    : null;

const toNodeView = (vm: VmRow, now: Date): NodeView => {
  const observedAt = vm.node?.observedAt ?? null;
  const known = freshOf(vm.node, now);
  return {
    id: vm.id,
    name: vm.name,
    host: vm.host.name,
    site: vm.host.site.name,
    address: vm.address,
    shape: { vcpus: vm.vcpus, memoryMiB: vm.memoryMiB, diskGiB: vm.diskGiB },
    role: vm.role,
    state: stateOf(vm),
    healthy: known?.healthy ?? null,
    health: toVerdictView(vm.node?.health ?? null),
    vipHolder: known?.holdsVip ?? null,
    connections: known?.connections ?? null,
    observedAt: observedAt?.toISOString() ?? null,
    accelerator: vm.accelerator,
  };
};

const isStateful = (spec: Prisma.JsonValue): boolean =>
  spec !== null && typeof spec === 'object' && !Array.isArray(spec) && (spec.volume ?? null) !== null;

export const toClusterView = (cluster: ClusterRow, now: Date): ClusterView => {
  const active = cluster.operations[0];
  return {
    id: cluster.id,
    name: cluster.name,
    state: cluster.state,
    generation: cluster.generation,
    vip: cluster.vip,
    endpoint: `http://127.0.0.1:${cluster.gatewayPort}`,
    workload: cluster.workload.name,
    stateful: isStateful(cluster.workload.spec),
    requirements: requirementsInForce(cluster),
    nodes: cluster.vms.map((vm) => toNodeView(vm, now)),
    load: loadInputSchema.safeParse(cluster.load).data ?? null,
    activeOperation: active === undefined ? null : { id: active.id, kind: active.kind, state: active.state },
    createdAt: cluster.createdAt.toISOString(),
  };
};
