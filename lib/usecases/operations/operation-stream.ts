import type { PrismaClient } from '@/lib/db/generated/client';
import type { OperationEventView } from '@/lib/domain/contract';
import type { LogEntry } from '@/lib/domain/operation';
import { applyEntry, beginProgress, messageOf, type Progress, stepsDone } from './progress';
import { fromPlanJson, toLogEntry } from './stored';

const stepIdOf = (entry: LogEntry): string | null => ('stepId' in entry ? entry.stepId : null);

const toEventView = (entry: LogEntry, after: Progress): OperationEventView => {
  const stepId = stepIdOf(entry);
  return {
    seq: entry.seq,
    at: entry.at.toISOString(),
    type: entry.type,
    stepId,
    message: messageOf(entry),
    operation: { state: after.state, stepsDone: stepsDone(after), stepsTotal: after.steps.length },
    step: after.steps.find((step) => step.id === stepId) ?? null,
  };
};

export interface OperationStream {
  /** Looks for new entries and gives them; calls that overlap are one. */
  readonly pump: () => Promise<void>;
  readonly close: () => void;
}

/**
 * An operation's log as events, from `afterSeq` on, each with the operation as it is after it. The log is read from
 * its beginning, because an event tells the whole operation's state; entries are given strictly in sequence: one that
 * is not followed up by the next number waits for it.
 */
export const createOperationStream = (options: {
  readonly db: PrismaClient;
  readonly operation: { readonly id: string; readonly plan: Parameters<typeof fromPlanJson>[0] };
  /** 0 for all of it. */
  readonly afterSeq: number;
  readonly onEvent: (event: OperationEventView) => void;
}): OperationStream => {
  const { db, operation, afterSeq } = options;
  let progress = beginProgress(fromPlanJson(operation.plan).steps);
  let seq = 0;
  let isPumping = false;
  let isAskedAgain = false;
  let isClosed = false;

  const readOn = async (): Promise<void> => {
    const rows = await db.operationEvent.findMany({
      where: { operationId: operation.id, seq: { gt: seq } },
      orderBy: { seq: 'asc' },
    });
    for (const row of rows) {
      if (isClosed || row.seq !== seq + 1) return;
      const entry = toLogEntry(row);
      progress = applyEntry(progress, entry);
      seq = entry.seq;
      if (seq > afterSeq) options.onEvent(toEventView(entry, progress));
    }
  };

  return {
    pump: async () => {
      isAskedAgain = true;
      if (isPumping) return;
      isPumping = true;
      try {
        while (isAskedAgain && !isClosed) {
          isAskedAgain = false;
          await readOn();
        }
      } finally {
        isPumping = false;
      }
    },
    close: () => {
      isClosed = true;
    },
  };
};
