import type { Clock } from '@/lib/clock';
import type { Prisma, PrismaClient } from '@/lib/db/generated/client';
import type { LogEntry, LogFact, OperationState } from '@/lib/domain/operation';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';

export const LEASE_NAME = 'orchestrator';

/** This process does not lead any more: another one may be executing the same operation. Nothing was written. */
export class DeposedError extends Error {
  override readonly name = 'DeposedError';
}

export type WriteEnd = (tx: Prisma.TransactionClient) => Promise<void>;

export interface LogSettings {
  readonly db: PrismaClient;
  readonly clock: Clock;
  /** Epoch of the lease under which this process leads. */
  readonly epoch: number;
  /**
   * Called before the end of an operation is written; what it resolves with runs in the transaction that writes it.
   * Whatever takes time belongs before: an open transaction holds back every event behind it.
   */
  prepareEnd(operationId: string, state: OperationState): Promise<WriteEnd>;
}

/** The state that an operation has after a fact; null when the fact does not change it. */
const stateAfter = (fact: LogFact): OperationState | null => {
  switch (fact.type) {
    case 'operation-started':
      return 'running';
    case 'undo-started':
      return 'undoing';
    case 'operation-ended':
      return fact.state;
    default:
      return null;
  }
};

/** Reads the log of an operation from its beginning, in order. */
export async function readLog(db: PrismaClient, operationId: string): Promise<readonly LogEntry[]> {
  const rows = await db.operationEvent.findMany({ where: { operationId }, orderBy: { seq: 'asc' } });
  // Only `appendFact` and the use case that asks to try again write the column.
  return rows.map((row) => ({ seq: row.seq, at: row.at, ...(row.fact as unknown as LogFact) }));
}

/**
 * Appends a fact under the operation's row lock, so that `seq` has no gap, and only while this process leads.
 * The operation's state and the event for the watchers are written in the same transaction.
 * Throws `DeposedError` when another process leads.
 */
export async function appendFact(settings: LogSettings, operationId: string, fact: LogFact): Promise<void> {
  const { db, clock } = settings;
  const writeEnd = fact.type === 'operation-ended' ? await settings.prepareEnd(operationId, fact.state) : null;
  const at = clock.now();
  await db.$transaction(async (tx) => {
    const [operation] = await tx.$queryRaw<{ clusterId: string }[]>`
      select "clusterId" from "Operation" where "id" = ${operationId} for update`;
    if (operation === undefined) throw new Error(`there is no operation ${operationId}`);
    const lease = await tx.lease.findUnique({ where: { name: LEASE_NAME } });
    if (lease?.epoch !== settings.epoch)
      throw new DeposedError(`epoch ${settings.epoch} is over: the lease has ${lease?.epoch}`);
    const last = await tx.operationEvent.aggregate({ where: { operationId }, _max: { seq: true } });
    const seq = (last._max.seq ?? 0) + 1;
    await tx.operationEvent.create({ data: { operationId, seq, at, fact: { ...fact } } });
    await writeState(tx, operationId, fact, at);
    await writeEnd?.(tx);
    await appendEvents(tx, [
      { kind: 'operation', clusterId: operation.clusterId, operationId, payload: { seq, type: fact.type } },
    ]);
  });
  await notifyEvents(db);
}

async function writeState(tx: Prisma.TransactionClient, operationId: string, fact: LogFact, at: Date): Promise<void> {
  const state = stateAfter(fact);
  if (state === null) return;
  const data: Prisma.OperationUpdateInput = { state };
  if (fact.type === 'operation-started') data.startedAt = at;
  if (fact.type === 'operation-ended') Object.assign(data, { endedAt: at, summary: fact.summary });
  await tx.operation.update({ where: { id: operationId }, data });
}
