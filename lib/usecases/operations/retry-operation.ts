import type { Prisma } from '@/lib/db/generated/client';
import type { OperationView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { type LogFact, operationCan } from '@/lib/domain/operation';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { isUniqueViolation } from '../database-errors';
import { takeLock } from '../locks';
import { record } from '../record';
import { getOperationRow } from './operations';
import { toOperationView } from './view';

/**
 * Has a stuck operation driven on from where it stopped. Throws `wrong_state` when it is not stuck, and
 * `operation_active` when its cluster has another one.
 */
export const retryOperation = async (context: UseCaseContext, operationId: string): Promise<OperationView> => {
  authorise(context, 'cluster.change');
  try {
    return await record(context, async (tx) => {
      await takeLock(tx, 'allocation');
      const row = await getOperationRow(tx, operationId);
      if (!operationCan.retry(row.state)) {
        throw new HeadroomError('wrong_state', `This operation is ${row.state}; only a stuck one is tried again.`);
      }
      const fact: LogFact = { type: 'retry-requested', by: describeActor(context.actor) };
      // A stuck operation has no writer but this one, under the lock: the sequence stays without a gap.
      await tx.operationEvent.create({
        data: {
          operationId,
          seq: (row.log.at(-1)?.seq ?? 0) + 1,
          at: context.clock(),
          fact: fact satisfies Prisma.InputJsonValue,
        },
      });
      await tx.operation.update({
        where: { id: operationId },
        data: { state: 'running', endedAt: null, summary: null, cancelRequestedBy: null },
      });
      return {
        value: toOperationView(await getOperationRow(tx, operationId)),
        audit: { action: 'operation.retry', subject: `operation/${row.id}`, detail: { cluster: row.cluster.name } },
        events: [{ kind: 'operation', clusterId: row.clusterId, operationId: row.id, payload: { state: 'running' } }],
      };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new HeadroomError('operation_active', 'Another operation of this cluster is under way.', { retryable: true });
  }
};
