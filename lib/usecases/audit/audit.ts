import type { Prisma } from '@/lib/db/generated/client';
import type { AuditQuery, AuditVerifyView, AuditView, Page } from '@/lib/domain/contract';
import { endOfChain } from '../chain';
import { authorise, type UseCaseContext } from '../context';
import { cursorNumber, decodeCursor, encodeCursor, toPage } from '../paging';
import { auditHash } from './hash';
import { checkBegin, findBegin } from './retention';
import { verifyBilling } from './verify-ledger';

const VERIFY_BATCH = 1_000;

const wanted = ({ subject, actor, action, q, from, to }: Partial<AuditQuery>): Prisma.AuditEntryWhereInput => {
  const contains = { contains: q ?? '', mode: 'insensitive' } as const;
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(actor === undefined ? {} : { actor }),
    // Every act on a noun, "cluster.", or exactly one.
    ...(action === undefined ? {} : { action: action.endsWith('.') ? { startsWith: action } : action }),
    ...(from === undefined && to === undefined ? {} : { at: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
    ...(q === undefined || q === ''
      ? {}
      : { OR: [{ subject: contains }, { actor: contains }, { action: contains }, { reason: contains }] }),
  };
};

/** Newest first. */
export const listAudit = async (
  context: UseCaseContext,
  query: Partial<AuditQuery> & { readonly limit: number },
): Promise<Page<AuditView>> => {
  authorise(context, 'audit.read');
  const before = query.cursor === undefined ? undefined : cursorNumber(decodeCursor(query.cursor, 1)[0]);
  const rows = await context.db.auditEntry.findMany({
    where: { AND: [wanted(query), before === undefined ? {} : { seq: { lt: before } }] },
    orderBy: { seq: 'desc' },
    take: query.limit + 1,
  });
  return toPage(
    rows,
    query.limit,
    (e) => ({
      seq: e.seq.toString(),
      at: e.at.toISOString(),
      actor: e.actor,
      action: e.action,
      subject: e.subject,
      reason: e.reason,
      detail: e.detail,
      hash: e.hash,
    }),
    (e) => encodeCursor(e.seq.toString()),
  );
};

/**
 * Recomputes the chain in batches, from where the trail begins. It finds an entry that was changed, taken out or put in,
 * also at its ends, as long as not everything was made anew: against that, somebody has to keep the last hash elsewhere,
 * and that is why it is in the answer.
 */
const verifyTrail = async (context: UseCaseContext): Promise<AuditVerifyView> => {
  const begin = await findBegin(context.db);
  let prevHash = begin.hash;
  let { seq } = begin;
  const broken = (at: bigint, message: string): AuditVerifyView => ({
    ok: false,
    entries: Number(seq - begin.seq),
    brokenAt: at.toString(),
    message,
  });
  for (;;) {
    const batch = await context.db.auditEntry.findMany({
      where: { seq: { gt: seq } },
      orderBy: { seq: 'asc' },
      take: VERIFY_BATCH,
    });
    for (const entry of batch) {
      const expected = seq + 1n;
      if (entry.seq !== expected) return broken(expected, `Entry ${expected} is missing.`);
      if (entry.prevHash !== prevHash)
        return broken(entry.seq, `Entry ${entry.seq} does not follow the one before it.`);
      if (auditHash(prevHash, entry) !== entry.hash) return broken(entry.seq, `Entry ${entry.seq} was changed.`);
      prevHash = entry.hash;
      seq = entry.seq;
    }
    if (batch.length < VERIFY_BATCH) break;
  }
  const cut = await endOfChain(context.db, 'AuditEntry')('Entry', { seq, hash: prevHash });
  if (cut !== null) return broken(cut.seq, cut.message);
  const fault = await checkBegin(context.db, begin);
  if (fault !== null) return broken(begin.seq, fault);
  const entries = seq - begin.seq;
  const removed = begin.seq === 0n ? '' : ` Entries up to ${begin.seq} were kept long enough and removed.`;
  return {
    ok: true,
    entries: Number(entries),
    brokenAt: null,
    message:
      seq === 0n
        ? 'No entries yet.'
        : `All ${entries} entries are as they were written. Last hash: ${prevHash}.${removed}`,
  };
};

/**
 * The audit trail, and with it what usage is charged by: the lifecycle log, the ledger, rates and statements. `brokenAt`
 * is the first break of the first chain that has one.
 */
export const verifyAudit = async (context: UseCaseContext): Promise<AuditVerifyView> => {
  authorise(context, 'audit.read');
  const trail = await verifyTrail(context);
  const chains = [{ name: 'audit trail', ...trail }, ...(await verifyBilling(context.db))];
  const broken = chains.find(({ ok }) => !ok);
  return {
    ...trail,
    ok: broken === undefined,
    brokenAt: broken?.brokenAt ?? null,
    message: broken === undefined ? trail.message : `${broken.name}: ${broken.message}`,
    chains,
  };
};
