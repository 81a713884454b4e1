import type { Prisma } from '@/lib/db/generated/client';
import { describeActor, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { AUDIT_GENESIS, auditHash } from './hash';

export interface AuditDraft {
  /** `cluster.create`, `user.update`: the noun and the verb. */
  readonly action: string;
  /** What it was done to: `cluster/shop`. */
  readonly subject: string;
  readonly reason?: string;
  readonly detail?: Prisma.InputJsonObject;
}

/** Appends to the hash-chained audit trail. Waits for other writers, so call it last in a transaction. */
export const appendAudit = async (
  tx: Transaction,
  context: Pick<UseCaseContext, 'actor' | 'clock' | 'requestId'>,
  draft: AuditDraft,
): Promise<void> => {
  await takeLock(tx, 'audit');
  const last = await tx.auditEntry.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
  // Not even retention removes the last entry.
  const prevHash = last?.hash ?? AUDIT_GENESIS;
  const content = {
    seq: (last?.seq ?? 0n) + 1n,
    at: context.clock(),
    actor: describeActor(context.actor),
    action: draft.action,
    subject: draft.subject,
    reason: draft.reason ?? '',
    detail: { ...draft.detail, requestId: context.requestId },
  };
  await tx.auditEntry.create({ data: { ...content, prevHash, hash: auditHash(prevHash, content) } });
};
