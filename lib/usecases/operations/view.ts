import type { Prisma, Receipt } from '@/lib/db/generated/client';
import type { OperationSummary, OperationView, ReceiptView } from '@/lib/domain/contract';
import type { TypicalMs } from '@/lib/domain/execution/time-left';
import { OPERATION_KINDS, type OperationKind } from '@/lib/domain/plan';
import { applyEntry, beginProgress, type Progress, stepsDone } from './progress';
import { fromFailuresJson, fromPlanJson, toLogEntry, toPlanView } from './stored';

/** A summary counts steps, so it reads the log too; only the facts that change a step's state. */
export const OPERATION_INCLUDE = {
  cluster: { select: { id: true, name: true } },
  receipt: true,
  log: { orderBy: { seq: 'asc' } },
} as const satisfies Prisma.OperationInclude;

export type OperationRow = Prisma.OperationGetPayload<{ include: typeof OPERATION_INCLUDE }>;

const toReceiptView = (receipt: Receipt): ReceiptView => ({
  requests: receipt.requests,
  failed: receipt.failed,
  longestGapMs: receipt.longestGapMs,
  failures: fromFailuresJson(receipt.failures),
  startedAt: receipt.startedAt.toISOString(),
  endedAt: receipt.endedAt.toISOString(),
});

const isKind = (text: string): text is OperationKind => OPERATION_KINDS.some((kind) => kind === text);

const progressOf = (row: OperationRow): Progress =>
  row.log.map(toLogEntry).reduce(applyEntry, beginProgress(fromPlanJson(row.plan).steps));

const summarise = (row: OperationRow, progress: Progress): OperationSummary => ({
  id: row.id,
  kind: isKind(row.kind) ? row.kind : fromPlanJson(row.plan).kind,
  cluster: row.cluster,
  state: row.state,
  requestedBy: row.requestedBy,
  reason: row.reason,
  approvedBy: row.approvedBy,
  summary: row.summary,
  stepsDone: stepsDone(progress),
  stepsTotal: progress.steps.length,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  receipt: row.receipt === null ? null : toReceiptView(row.receipt),
});

export const toOperationSummary = (row: OperationRow): OperationSummary => summarise(row, progressOf(row));

export const toOperationView = (row: OperationRow, typicalStepMs: TypicalMs = {}): OperationView => {
  const progress = progressOf(row);
  return {
    ...summarise(row, progress),
    steps: [...progress.steps],
    plan: toPlanView(fromPlanJson(row.plan), row.planHash),
    cancelRequested: row.cancelRequestedBy !== null,
    typicalStepMs: { ...typicalStepMs },
  };
};
