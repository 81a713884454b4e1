import type { Prisma } from '@/lib/db/generated/client';
import type { OperationState } from '@/lib/domain/operation';
import { appendEvents } from '@/lib/events/append';
import { revertRequirements } from '@/lib/usecases/clusters/revert-requirements';
import { fromPlanJson } from '@/lib/usecases/operations/stored';
import { asSystem, type OrchestratorContext, within } from './context';

const RECEIPT_DEADLINE_MS = 3_000;

/**
 * What the end of an operation means besides its log: the receipt of what clients saw, the cluster's state, and the
 * requirements taken back where nothing came of them. Runs in the transaction that writes the end.
 */
export const endOperation = async (
  context: OrchestratorContext,
  tx: Prisma.TransactionClient,
  operationId: string,
  state: OperationState,
): Promise<void> => {
  const operation = await tx.operation.findUniqueOrThrow({ where: { id: operationId } });
  const { kind } = fromPlanJson(operation.plan);
  await writeReceipt(context, tx, operation);
  switch (state) {
    case 'done':
      if (kind === 'create')
        await tx.cluster.updateMany({
          where: { id: operation.clusterId, state: 'creating' },
          data: { state: 'running' },
        });
      break;
    case 'undone':
    case 'cancelled':
      await revertRequirements(tx, asSystem(context, 'operations'), operationId);
      break;
    case 'stuck':
      await tx.cluster.updateMany({
        where: { id: operation.clusterId, state: { in: ['running', 'creating'] } },
        data: { state: 'degraded' },
      });
      break;
    case 'pending':
    case 'running':
    case 'undoing':
      return;
    default:
      state satisfies never;
  }
  await appendEvents(tx, [{ kind: 'cluster', clusterId: operation.clusterId, operationId }]);
};

/** Without a prober that can be asked there is no receipt; the operation has ended all the same. */
const writeReceipt = async (
  context: OrchestratorContext,
  tx: Prisma.TransactionClient,
  operation: { readonly id: string; readonly clusterId: string; readonly startedAt: Date | null },
): Promise<void> => {
  if (operation.startedAt === null) return;
  const to = context.clock.now();
  try {
    const asked = context.traffic.receipt(operation.clusterId, operation.startedAt, to);
    const { requests, failed, longestGapMs } = await within(context, RECEIPT_DEADLINE_MS, 'the receipt', asked);
    if (requests === 0) return;
    const facts = {
      requests,
      failed,
      longestGapMs: Math.round(longestGapMs),
      startedAt: operation.startedAt,
      endedAt: to,
    };
    await tx.receipt.upsert({
      where: { operationId: operation.id },
      update: facts,
      create: { operationId: operation.id, ...facts },
    });
  } catch (error) {
    context.say('no receipt', { operationId: operation.id, error: String(error) });
  }
};
