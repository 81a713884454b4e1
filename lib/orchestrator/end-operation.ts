import type { Operation, Prisma } from '@/lib/db/generated/client';
import type { OperationState } from '@/lib/domain/operation';
import { appendEvents } from '@/lib/events/append';
import type { WriteEnd } from '@/lib/operations/operation-log';
import { PROBE_TIMEOUT_MS } from '@/lib/traffic/types';
import { revertRequirements } from '@/lib/usecases/clusters/revert-requirements';
import { fromPlanJson, toFailuresJson } from '@/lib/usecases/operations/stored';
import { asSystem, type OrchestratorContext, within } from './context';

/** The prober waits until its own last requests have their answers or have run out of time. */
const RECEIPT_DEADLINE_MS = PROBE_TIMEOUT_MS + 3_000;

/**
 * What the end of an operation means besides its log: the receipt of what clients saw, the cluster's state, and the
 * requirements taken back where nothing came of them. The prober is asked before the transaction begins.
 */
export const prepareEnd = async (
  context: OrchestratorContext,
  operationId: string,
  state: OperationState,
): Promise<WriteEnd> => {
  const operation = await context.db.operation.findUniqueOrThrow({ where: { id: operationId } });
  const receipt = await findReceipt(context, operation);
  return async (tx) => {
    if (receipt !== null)
      await tx.receipt.upsert({ where: { operationId }, update: receipt, create: { operationId, ...receipt } });
    await writeOutcome(context, tx, operation, state);
    await appendEvents(tx, [{ kind: 'cluster', clusterId: operation.clusterId, operationId }]);
  };
};

const writeOutcome = async (
  context: OrchestratorContext,
  tx: Prisma.TransactionClient,
  operation: Operation,
  state: OperationState,
): Promise<void> => {
  switch (state) {
    case 'done':
      if (fromPlanJson(operation.plan).kind === 'create')
        await tx.cluster.updateMany({
          where: { id: operation.clusterId, state: 'creating' },
          data: { state: 'running' },
        });
      return;
    case 'undone':
    case 'cancelled':
      await revertRequirements(tx, asSystem(context, 'operations'), operation.id);
      return;
    case 'stuck':
      await tx.cluster.updateMany({
        where: { id: operation.clusterId, state: { in: ['running', 'creating'] } },
        data: { state: 'degraded' },
      });
      return;
    case 'pending':
    case 'running':
    case 'undoing':
      return;
    default:
      state satisfies never;
  }
};

type ReceiptFacts = Omit<Prisma.ReceiptUncheckedCreateInput, 'operationId'>;

/** Without a prober that can be asked there is no receipt; the operation ends all the same. */
const findReceipt = async (context: OrchestratorContext, operation: Operation): Promise<ReceiptFacts | null> => {
  const { startedAt } = operation;
  if (startedAt === null) return null;
  const endedAt = context.clock.now();
  try {
    const asked = context.traffic.receipt(operation.clusterId, startedAt, endedAt);
    const seen = await within(context, RECEIPT_DEADLINE_MS, 'the receipt', asked);
    const { requests, failed, longestGapMs } = seen;
    if (requests === 0) return null;
    const failures = toFailuresJson(seen.failures);
    return { requests, failed, longestGapMs: Math.round(longestGapMs), failures, startedAt, endedAt };
  } catch (error) {
    context.say('no receipt', { operationId: operation.id, error: String(error) });
    return null;
  }
};
