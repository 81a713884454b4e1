import { appendEvents } from '@/lib/events/append';
import { appendAudit } from '../audit/append';
import type { Transaction, UseCaseContext } from '../context';
import { fromPlanJson } from '../operations/stored';
import { toRevisionColumns } from './view';

const describeUndone = (reason: string): string => (reason === '' ? 'undone' : `undone: ${reason}`);

/**
 * Takes back what accepting an operation had changed, when it ended undone or cancelled before anything moved:
 * a `change` gets its old requirements again, as a new revision with the reason "undone: …"; a cluster that was never
 * made is deleted; one whose deletion was undone runs again.
 *
 * Call it in the transaction that writes the operation's end, so that nobody decides on requirements that are about to
 * go; call `notifyEvents` after the commit. Repeating it changes nothing. Resolves with whether anything was changed.
 */
export const revertRequirements = async (
  tx: Transaction,
  context: Pick<UseCaseContext, 'actor' | 'clock' | 'requestId'>,
  operationId: string,
): Promise<boolean> => {
  const operation = await tx.operation.findUniqueOrThrow({ where: { id: operationId }, include: { cluster: true } });
  const plan = fromPlanJson(operation.plan);
  const { cluster } = operation;
  switch (plan.kind) {
    case 'create': {
      if (cluster.state !== 'creating') return false;
      await tx.cluster.update({ where: { id: cluster.id }, data: { state: 'deleted', deletedAt: context.clock() } });
      break;
    }
    case 'delete': {
      if (cluster.state !== 'deleting') return false;
      await tx.cluster.update({ where: { id: cluster.id }, data: { state: 'running' } });
      break;
    }
    case 'change': {
      // Accepting it raised the generation by one; another number means it was taken back already.
      if (plan.before === null || cluster.generation !== plan.generation + 1) return false;
      const generation = cluster.generation + 1;
      await tx.cluster.update({ where: { id: cluster.id }, data: { generation } });
      await tx.requirementsRevision.create({
        data: {
          clusterId: cluster.id,
          generation,
          ...toRevisionColumns(plan.before),
          author: operation.requestedBy,
          reason: describeUndone(operation.reason),
          createdAt: context.clock(),
        },
      });
      break;
    }
    case 'failover':
    case 'migrate':
    case 'evacuate':
    case 'replace':
    case 'restart':
      return false;
    default: {
      const unknown: never = plan.kind;
      throw new Error(`unknown kind of operation ${String(unknown)}`);
    }
  }
  await appendEvents(tx, [{ kind: 'cluster', clusterId: cluster.id, operationId }]);
  await appendAudit(tx, context, {
    action: 'cluster.revert',
    subject: `cluster/${cluster.name}`,
    reason: describeUndone(operation.reason),
    detail: { operationId, kind: plan.kind },
  });
  return true;
};
