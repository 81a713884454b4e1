import type { Clock } from '@/lib/clock';
import type { Prisma, PrismaClient } from '@/lib/db/generated/client';
import type { LogEntry, LogFact, OperationState } from '@/lib/domain/operation';
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

/** Reads the log of an operation in order, from its beginning or from behind the entry `afterSeq`. */
export async function readLog(db: PrismaClient, operationId: string, afterSeq = 0): Promise<readonly LogEntry[]> {
  const where = { operationId, seq: { gt: afterSeq } };
  const rows = await db.operationEvent.findMany({ where, orderBy: { seq: 'asc' } });
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
  if (stateAfter(fact) === null) await insertFact(db, settings, { operationId, fact, at: clock.now() });
  else {
    const writeEnd = fact.type === 'operation-ended' ? await settings.prepareEnd(operationId, fact.state) : null;
    const at = clock.now();
    await db.$transaction(async (tx) => {
      await insertFact(tx, settings, { operationId, fact, at });
      await writeState(tx, operationId, fact, at);
      await writeEnd?.(tx);
    });
  }
  // Watchers look for themselves as well; clients may be waiting for what comes next.
  void notifyEvents(db).catch(() => undefined);
}

/** Facts that are written at once wait for each other; as many steps as run at once, and somebody who cancels. */
const TRIES_MAX = 20;

/**
 * One statement, and so one way to the database and back: two of them stand between any two steps, also while clients
 * wait. Whoever waited for the row's lock has looked at the log before, and finds its number taken: it looks again.
 */
const insertFact = async (
  tx: Prisma.TransactionClient,
  { epoch }: LogSettings,
  { operationId, fact, at }: { readonly operationId: string; readonly fact: LogFact; readonly at: Date },
): Promise<void> => {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const [found] = await tx.$queryRaw<{ epoch: number | null; seq: number | null }[]>`
      with operation as materialized (
        select o."id", o."clusterId", l."epoch" from "Operation" o left join "Lease" l on l."name" = ${LEASE_NAME}
        where o."id" = ${operationId} for update of o
      ), fact as (
        insert into "OperationEvent" ("operationId", "seq", "at", "fact")
        select o."id", 1 + coalesce((select max(e."seq") from "OperationEvent" e where e."operationId" = o."id"), 0),
          ${at}::timestamptz, ${JSON.stringify(fact)}::jsonb
        from operation o where o."epoch" = ${epoch} on conflict do nothing returning "seq"
      ), event as (
        insert into "Event" ("kind", "clusterId", "operationId", "payload")
        select 'operation', o."clusterId", o."id", jsonb_build_object('seq', f."seq", 'type', ${fact.type}::text)
        from operation o, fact f
      )
      select o."epoch", f."seq" from operation o left join fact f on true`;
    if (found === undefined) throw new Error(`there is no operation ${operationId}`);
    if (found.epoch !== epoch) throw new DeposedError(`epoch ${epoch} is over: the lease has ${found.epoch}`);
    if (found.seq !== null) return;
  }
  throw new Error(`operation ${operationId}: nothing was written to its log`);
};

async function writeState(tx: Prisma.TransactionClient, operationId: string, fact: LogFact, at: Date): Promise<void> {
  const state = stateAfter(fact);
  if (state === null) return;
  const data: Prisma.OperationUpdateInput = { state };
  if (fact.type === 'operation-started') data.startedAt = at;
  if (fact.type === 'operation-ended') Object.assign(data, { endedAt: at, summary: fact.summary });
  await tx.operation.update({ where: { id: operationId }, data });
}
