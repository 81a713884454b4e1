import { createHash } from 'node:crypto';
import { canonicalJson } from '@/lib/usecases/canonical-json';

/** What an audit entry says, as it is hashed. */
export interface AuditContent {
  readonly seq: bigint;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: string;
  readonly detail: unknown;
}

/** `prevHash` of the first entry. */
export const AUDIT_GENESIS = '0'.repeat(64);

/** SHA-256 over the entry's content and the hash of the one before it, in hex. */
export const auditHash = (prevHash: string, entry: AuditContent): string =>
  createHash('sha256')
    .update(
      canonicalJson({
        prevHash,
        seq: entry.seq.toString(),
        at: entry.at.toISOString(),
        actor: entry.actor,
        action: entry.action,
        subject: entry.subject,
        reason: entry.reason,
        detail: entry.detail,
      }),
    )
    .digest('hex');
