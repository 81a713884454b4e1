import type { RetentionView, SetRetentionInput } from '@/lib/domain/contract';
import { authorise, type Database, describeActor, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { record } from '../record';
import { appendAudit } from './append';
import { AUDIT_GENESIS } from './hash';

const ROW = 1;
const REMOVED = 'audit.remove';

/** The last entry that was removed, after which the trail begins. */
export interface AuditBegin {
  readonly seq: bigint;
  readonly hash: string;
}

export const findBegin = async (db: Database | Transaction): Promise<AuditBegin> => {
  const row = await db.auditRetention.findUnique({ where: { id: ROW } });
  return row === null ? { seq: 0n, hash: AUDIT_GENESIS } : { seq: row.beginsAfterSeq, hash: row.beginsAfterHash };
};

/** What is wrong with where the trail begins; null when the trail itself says that it begins there. */
export const checkBegin = async (db: Database, { seq, hash }: AuditBegin): Promise<string | null> => {
  if (seq === 0n) return null;
  const act = await db.auditEntry.findFirst({ where: { action: REMOVED }, orderBy: { seq: 'desc' } });
  const said = act?.detail as { readonly through?: string; readonly hash?: string } | undefined;
  return said?.through === seq.toString() && said.hash === hash
    ? null
    : `Entries up to ${seq} are gone, and the trail does not say that they were removed.`;
};

export const getRetention = async (context: UseCaseContext): Promise<RetentionView> => {
  authorise(context, 'audit.read');
  const row = await context.db.auditRetention.findUnique({ where: { id: ROW } });
  return { months: row?.months ?? null, beginsAfter: (row?.beginsAfterSeq ?? 0n).toString() };
};

/** How long audit entries are kept from now on. */
export const setRetention = async (context: UseCaseContext, input: SetRetentionInput): Promise<RetentionView> => {
  authorise(context, 'audit.retain');
  return record(context, async (tx) => {
    const data = { months: input.months, setBy: describeActor(context.actor), setAt: context.clock() };
    const row = await tx.auditRetention.upsert({
      where: { id: ROW },
      create: { id: ROW, beginsAfterSeq: 0n, beginsAfterHash: AUDIT_GENESIS, ...data },
      update: data,
    });
    return {
      value: { months: row.months, beginsAfter: row.beginsAfterSeq.toString() },
      audit: { action: 'audit.retain', subject: 'audit', reason: input.reason, detail: { months: input.months } },
    };
  });
};

/** So long ago. Months are those of the calendar (UTC); a day that a month does not have is its last. */
const monthsBefore = (now: Date, months: number): Date => {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const time = now.getTime() - Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  return new Date(first.getTime() + (Math.min(now.getUTCDate(), days) - 1) * 86_400_000 + time);
};

/**
 * Removes entries that were kept long enough, from the beginning of the trail, and writes down which was the last: the
 * rest stays a chain that can be verified. A clock that is ahead of the database's removes nothing by it. Resolves with how
 * many were removed.
 */
export const removeOldAudit = async (context: UseCaseContext): Promise<number> => {
  authorise(context, 'audit.retain');
  const months = (await context.db.auditRetention.findUnique({ where: { id: ROW } }))?.months ?? null;
  if (months === null) return 0;
  return context.db.$transaction(async (tx) => {
    await takeLock(tx, 'audit');
    const [time] = await tx.$queryRaw<{ now: Date }[]>`select now() as "now"`;
    const now = new Date(Math.min(context.clock().getTime(), time?.now.getTime() ?? 0));
    const firstKept = await tx.auditEntry.findFirst({
      where: { at: { gte: monthsBefore(now, months) } },
      orderBy: { seq: 'asc' },
      select: { seq: true },
    });
    // The newest entry stays, however old: what follows it is chained to it.
    const newest = await tx.auditEntry.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
    const last = await tx.auditEntry.findFirst({
      where: { seq: { lt: firstKept?.seq ?? newest?.seq ?? 0n } },
      orderBy: { seq: 'desc' },
      select: { seq: true, hash: true },
    });
    if (last === null) return 0;
    const [row] = await tx.$queryRaw<
      { removed: bigint }[]
    >`select remove_audit_through(${last.seq}::bigint) as "removed"`;
    await tx.auditRetention.update({
      where: { id: ROW },
      data: { beginsAfterSeq: last.seq, beginsAfterHash: last.hash },
    });
    const removed = Number(row?.removed ?? 0n);
    await appendAudit(tx, context, {
      action: REMOVED,
      subject: 'audit',
      reason: `kept for ${months} months`,
      detail: { through: last.seq.toString(), hash: last.hash, removed },
    });
    return removed;
  });
};
