import { appendEvents, type EventDraft } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { type AuditDraft, appendAudit } from './audit/append';
import type { Transaction, UseCaseContext } from './context';

const TRANSACTION = { maxWait: 10_000, timeout: 20_000 } as const;

export interface Recorded<T> {
  readonly value: T;
  readonly audit: AuditDraft;
  readonly events?: readonly EventDraft[];
}

/** Writes an act's events and audit entry down, for a transaction that decides first whether there is an act at all. */
export const recordIn = async (
  tx: Transaction,
  context: Parameters<typeof appendAudit>[1],
  { audit, events = [] }: Omit<Recorded<unknown>, 'value'>,
): Promise<void> => {
  await appendEvents(tx, [...events, { kind: 'audit', payload: { action: audit.action, subject: audit.subject } }]);
  await appendAudit(tx, context, audit);
};

/**
 * Runs checks and writes of one act in one transaction, with its events and its audit entry, and wakes the listeners
 * after the commit. Whatever `work` throws leaves nothing behind.
 */
export const record = async <T>(
  context: UseCaseContext,
  work: (tx: Transaction) => Promise<Recorded<T>>,
  options: { readonly timeoutMs?: number } = {},
): Promise<T> => {
  const value = await context.db.$transaction(
    async (tx) => {
      const recorded = await work(tx);
      await recordIn(tx, context, recorded);
      return recorded.value;
    },
    { ...TRANSACTION, ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }) },
  );
  await notifyEvents(context.db).catch(() => undefined);
  return value;
};
