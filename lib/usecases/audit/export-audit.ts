import type { AuditEntry } from '@/lib/db/generated/client';
import type { AuditExportQuery } from '@/lib/domain/contract';
import { csvLine } from '@/lib/domain/pricing/focus';
import { authorise, type UseCaseContext } from '../context';

const BATCH = 1_000;
const COLUMNS = ['seq', 'at', 'actor', 'action', 'subject', 'reason', 'detail', 'prevHash', 'hash'] as const;

/** With everything that is hashed, so that a file can be checked by itself. */
const toPlain = (entry: AuditEntry) => ({
  ...entry,
  seq: entry.seq.toString(),
  at: entry.at.toISOString(),
});

const csvOf = (entry: AuditEntry): string => {
  const plain = toPlain(entry);
  return csvLine(COLUMNS.map((column) => (column === 'detail' ? JSON.stringify(plain.detail) : plain[column])));
};

/** The trail, oldest entry first, a line each: JSON, or CSV with a head. */
export const exportAudit = (
  context: UseCaseContext,
  { from, to, format }: AuditExportQuery,
): { readonly fileName: string; readonly lines: AsyncGenerator<string> } => {
  authorise(context, 'audit.read');
  async function* lines(): AsyncGenerator<string> {
    if (format === 'csv') yield csvLine(COLUMNS);
    for (let seq = 0n; ; ) {
      const batch = await context.db.auditEntry.findMany({
        where: {
          seq: { gt: seq },
          at: {
            ...(from === undefined ? {} : { gte: new Date(from) }),
            ...(to === undefined ? {} : { lt: new Date(to) }),
          },
        },
        orderBy: { seq: 'asc' },
        take: BATCH,
      });
      for (const entry of batch) yield format === 'csv' ? csvOf(entry) : `${JSON.stringify(toPlain(entry))}\n`;
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH) return;
      seq = last.seq;
    }
  }
  return { fileName: `headroom-audit.${format}`, lines: lines() };
};
