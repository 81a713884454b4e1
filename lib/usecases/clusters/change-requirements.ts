import type { ChangeRequirementsInput, ClusterAccepted, DryRun } from '@/lib/domain/contract';
import type { Plan } from '@/lib/domain/plan';
import type { Requirements } from '@/lib/domain/requirements';
import { toPricedPlanView } from '../billing/plan-cost';
import { authorise, describeActor, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { insertOperation, refuseOtherPlan } from '../operations/record-operation';
import { type Recorded, record } from '../record';
import { getChangeableCluster } from './check-cluster';
import { getClusterRow } from './get-cluster';
import { planChange } from './planner';
import { type ClusterRow, requirementsInForce, toClusterView, toRevisionColumns } from './view';

/** What is left out of a change stays as it is. */
export const mergeRequirements = (now: Requirements, input: ChangeRequirementsInput): Requirements => ({
  nodes: input.nodes ?? now.nodes,
  shape: input.shape === undefined ? now.shape : { ...input.shape, diskGiB: input.shape.diskGiB ?? now.shape.diskGiB },
  spread: input.spread ?? now.spread,
  spares: input.spares ?? now.spares,
});

export interface PreparedChange {
  readonly cluster: ClusterRow;
  readonly desired: Requirements;
  readonly plan: Plan;
}

/** The plan of a change and what it leads to; nothing is written. Throws what `changeRequirements` throws. */
export const prepareChange = async (
  tx: Transaction,
  idOrName: string,
  input: ChangeRequirementsInput,
): Promise<PreparedChange> => {
  const cluster = await getChangeableCluster(tx, idOrName, input.generation);
  const desired = mergeRequirements(requirementsInForce(cluster), input);
  const plan = await planChange(tx, cluster, {
    desired,
    mode: input.mode,
    pairing: input.pairing,
    hosts: input.hosts,
    sites: input.sites,
  });
  refuseOtherPlan(plan, input.planHash);
  return { cluster, desired, plan };
};

/** What accepting a change writes. Call it in `record`, under the allocation lock. */
export const acceptChange = async (
  tx: Transaction,
  context: UseCaseContext,
  clusterIdOrName: string,
  input: ChangeRequirementsInput,
): Promise<Recorded<ClusterAccepted>> => {
  const { cluster, desired, plan } = await prepareChange(tx, clusterIdOrName, input);
  const now = context.clock();
  const generation = cluster.generation + 1;
  const reason = input.reason ?? '';
  await tx.cluster.update({ where: { id: cluster.id }, data: { generation } });
  await tx.requirementsRevision.create({
    data: {
      clusterId: cluster.id,
      generation,
      ...toRevisionColumns(desired),
      author: describeActor(context.actor),
      reason,
      createdAt: now,
    },
  });
  const operation = await insertOperation(tx, context, plan, reason);
  return {
    value: {
      cluster: toClusterView(await getClusterRow(tx, cluster.id), now),
      operation: { id: operation.id },
    },
    audit: {
      action: 'cluster.change',
      subject: `cluster/${cluster.name}`,
      reason,
      detail: {
        operationId: operation.id,
        generation,
        before: toRevisionColumns(requirementsInForce(cluster)),
        after: toRevisionColumns(desired),
        mode: plan.mode,
      },
    },
    events: operation.events,
  };
};

/**
 * Changes what a cluster needs, or shows how that would be done. Accepting it writes a new revision and raises the
 * generation; should its operation end undone, `revertRequirements` takes the revision back.
 * Throws `stale_generation`, `stale_plan`, `operation_active`, `wrong_state`, `pairing_invalid`, `no_capacity`,
 * `impossible`, `last_healthy_node`.
 */
export const changeRequirements = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  input: ChangeRequirementsInput,
): Promise<ClusterAccepted | DryRun> => {
  authorise(context, 'cluster.change');
  if (input.dryRun) {
    return context.db.$transaction(async (tx) => {
      const { plan } = await prepareChange(tx, clusterIdOrName, input);
      return { plan: await toPricedPlanView(tx, context, plan) };
    });
  }
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    return acceptChange(tx, context, clusterIdOrName, input);
  });
};
