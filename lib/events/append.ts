import type { Prisma } from '@/lib/db/generated/client';
import type { EventKind } from '@/lib/domain/contract';

export interface EventDraft {
  /** `metrics` has no rows: see `notifyMetrics`. */
  readonly kind: Exclude<EventKind, 'metrics'>;
  readonly clusterId?: string | null;
  readonly operationId?: string | null;
  readonly payload?: Prisma.InputJsonValue;
}

/**
 * Writes to the event outbox, in the transaction of the change itself: an event exists exactly when its change does.
 * Call `notifyEvents` after the commit.
 */
export const appendEvents = async (tx: Prisma.TransactionClient, events: readonly EventDraft[]): Promise<void> => {
  if (events.length === 0) return;
  await tx.event.createMany({
    data: events.map((e) => ({
      kind: e.kind,
      clusterId: e.clusterId ?? null,
      operationId: e.operationId ?? null,
      payload: e.payload ?? {},
    })),
  });
};
