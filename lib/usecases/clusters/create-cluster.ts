import type { ClusterAccepted, CreateClusterInput, DryRun } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import type { Plan } from '@/lib/domain/plan';
import type { Requirements } from '@/lib/domain/requirements';
import { SHAPE_LIMITS } from '@/lib/domain/shape';
import { toPricedPlanView } from '../billing/plan-cost';
import { authorise, describeActor, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { insertOperation } from '../operations/record-operation';
import { record } from '../record';
import { allocateAddresses } from './allocate';
import { getClusterRow } from './get-cluster';
import { planCreation } from './planner';
import { toClusterView, toRevisionColumns } from './view';

interface Prepared {
  readonly clusterId: string;
  readonly workloadId: string;
  readonly requirements: Requirements;
  readonly plan: Plan;
}

const problem = (field: string, message: string) => ({ details: { fields: [{ field, message }] } });

const prepare = async (tx: Transaction, input: CreateClusterInput): Promise<Prepared> => {
  const workload = await tx.workload.findUnique({ where: { name: input.workload } });
  if (workload === null) {
    const names = (await tx.workload.findMany({ select: { name: true }, orderBy: { name: 'asc' } })).map((w) => w.name);
    const message = `There is no workload ${JSON.stringify(input.workload)}. There are: ${names.join(', ') || 'none'}.`;
    throw new HeadroomError('workload_unknown', message, problem('workload', message));
  }
  const taken = await tx.cluster.findFirst({ where: { name: input.name, state: { not: 'deleted' } } });
  if (taken !== null) {
    const message = `There is a cluster ${input.name} already.`;
    throw new HeadroomError('name_taken', message, problem('name', message));
  }
  const { nodes, shape, spread, spares } = input.requirements;
  const requirements: Requirements = {
    nodes,
    shape: { ...shape, diskGiB: shape.diskGiB ?? SHAPE_LIMITS.diskGiBDefault },
    spread,
    spares,
  };
  const clusterId = newId();
  const plan = await planCreation(tx, {
    cluster: { id: clusterId, name: input.name },
    workload,
    requirements,
    placement: { hosts: input.hosts, sites: input.sites },
  });
  return { clusterId, workloadId: workload.id, requirements, plan };
};

/**
 * Makes a cluster, or shows how it would be made. Two at once never get the same name, VIP, router id, port or room.
 * Throws `workload_unknown`, `name_taken`, `no_capacity`, `impossible`.
 */
export const createCluster = async (
  context: UseCaseContext,
  input: CreateClusterInput,
): Promise<ClusterAccepted | DryRun> => {
  authorise(context, 'cluster.create');
  if (input.dryRun) {
    return context.db.$transaction(async (tx) => {
      const { plan } = await prepare(tx, input);
      return { plan: await toPricedPlanView(tx, context, plan) };
    });
  }
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const { clusterId, workloadId, requirements, plan } = await prepare(tx, input);
    const addresses = await allocateAddresses(tx);
    const now = context.clock();
    const reason = input.reason ?? '';
    await tx.cluster.create({
      data: {
        id: clusterId,
        name: input.name,
        state: 'creating',
        workloadId,
        ...addresses,
        createdAt: now,
        revisions: {
          create: {
            generation: 1,
            ...toRevisionColumns(requirements),
            author: describeActor(context.actor),
            reason,
            createdAt: now,
          },
        },
      },
    });
    // The instant of the cluster is the operation's, so that the meter finds why there is a virtual address.
    const operation = await insertOperation(tx, { ...context, clock: () => now }, plan, reason);
    const cluster = toClusterView(await getClusterRow(tx, clusterId), now);
    return {
      value: { cluster, operation: { id: operation.id } },
      audit: {
        action: 'cluster.create',
        subject: `cluster/${input.name}`,
        reason,
        detail: { operationId: operation.id, workload: input.workload, requirements: toRevisionColumns(requirements) },
      },
      events: operation.events,
    };
  });
};
