import type { ClusterAccepted, DryRun } from '@/lib/domain/contract';
import type { Plan } from '@/lib/domain/plan';
import type { AuditDraft } from '../audit/append';
import { toPricedPlanView } from '../billing/plan-cost';
import type { Transaction, UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { insertOperation } from '../operations/record-operation';
import { record } from '../record';
import { getChangeableCluster } from './check-cluster';
import { getClusterRow } from './get-cluster';
import { type ClusterRow, toClusterView } from './view';

interface Planned {
  readonly cluster: ClusterRow;
  readonly plan: Plan;
}

interface Request {
  readonly generation?: number | undefined;
  readonly dryRun: boolean;
  readonly reason?: string | undefined;
}

/**
 * Plans an act on a cluster whose requirements stay, and starts it or, for a dry run, shows the plan with its cost.
 * Throws what `getChangeableCluster` and `plan` throw.
 */
export const startPlanned = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  input: Request,
  act: {
    readonly plan: (tx: Transaction, cluster: ClusterRow) => Promise<Plan>;
    readonly audit: (planned: Planned, operationId: string) => Omit<AuditDraft, 'reason'>;
  },
): Promise<ClusterAccepted | DryRun> => {
  const prepare = async (tx: Transaction): Promise<Planned> => {
    const cluster = await getChangeableCluster(tx, clusterIdOrName, input.generation);
    return { cluster, plan: await act.plan(tx, cluster) };
  };
  if (input.dryRun) {
    return context.db.$transaction(async (tx) => {
      const { plan } = await prepare(tx);
      return { plan: await toPricedPlanView(tx, context, plan) };
    });
  }
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const planned = await prepare(tx);
    const { cluster, plan } = planned;
    const reason = input.reason ?? '';
    const operation = await insertOperation(tx, context, plan, reason);
    const view = toClusterView(await getClusterRow(tx, cluster.id), context.clock());
    return {
      value: { cluster: view, operation: { id: operation.id } },
      audit: { ...act.audit(planned, operation.id), reason },
      events: operation.events,
    };
  });
};
