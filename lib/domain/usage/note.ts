import { type Integrated, integrateRun, sameSubject } from './integrate';
import type { Because, UsageFact, UsageInterval, UsageResource, UsageSubject } from './types';
import { runIdOf } from './types';

/** What is written down of one run. */
export interface RunBook {
  readonly facts: readonly UsageFact[];
  /** End of the last interval in the ledger; null when there is none. What is written stays as it is. */
  readonly writtenMs: number | null;
  /** When it was last seen to run, by the hypervisor's clock. */
  readonly seenMs: number;
}

export const EMPTY_BOOK: RunBook = { facts: [], writtenMs: null, seenMs: Number.NEGATIVE_INFINITY };

/** What is reported of a run, which its thing and its start name. */
export type UsageReport = {
  readonly resource: UsageResource;
  readonly resourceId: string;
  readonly startedAtMs: number;
} & (
  | { readonly kind: 'started'; readonly subject: UsageSubject; readonly because: Because }
  | { readonly kind: 'changed'; readonly atMs: number; readonly subject: UsageSubject; readonly because: Because }
  | { readonly kind: 'ended'; readonly atMs: number; readonly because: Because }
  | { readonly kind: 'seen'; readonly atMs: number }
);

/** What a report adds. */
export interface Noted {
  readonly book: RunBook;
  readonly facts: readonly UsageFact[];
  readonly intervals: readonly UsageInterval[];
  readonly open: Integrated['open'];
}

/** The fact that a report states, moved past what the ledger has already; null when it says nothing new. */
const factOf = (book: RunBook, report: UsageReport): UsageFact | null => {
  const { resource, resourceId, startedAtMs } = report;
  const runId = runIdOf(resource, resourceId, startedAtMs);
  const has = (id: string): boolean => book.facts.some((fact) => fact.id === id);
  const run = { runId, resource, resourceId };
  const afterWritten = (atMs: number): number => Math.max(atMs, startedAtMs, book.writtenMs ?? startedAtMs);
  switch (report.kind) {
    case 'seen':
      return null;
    case 'started': {
      const id = `${runId}.started`;
      if (has(id)) return null;
      return {
        ...run,
        id,
        kind: 'started',
        atMs: startedAtMs,
        reportedMs: startedAtMs,
        subject: report.subject,
        because: report.because,
      };
    }
    case 'changed': {
      const reportedMs = report.atMs;
      const { subject } = report;
      const atMs = afterWritten(reportedMs);
      const changes = book.facts.flatMap((fact) => (fact.kind === 'changed' ? [fact] : []));
      const twins = changes.filter((change) => change.reportedMs === reportedMs);
      if (twins.some((change) => sameSubject(change.subject, subject))) return null;
      // What came after it is written already: there is nothing left that it would say.
      if (changes.some((change) => change.reportedMs > reportedMs && change.atMs <= atMs)) return null;
      if (book.facts.some((fact) => fact.kind === 'ended' && fact.atMs <= atMs)) return null;
      const id = `${runId}.changed.${reportedMs}${twins.length === 0 ? '' : `.${twins.length}`}`;
      return { ...run, id, kind: 'changed', atMs, reportedMs, subject, because: report.because };
    }
    case 'ended': {
      const id = `${runId}.ended`;
      if (has(id)) return null;
      return {
        ...run,
        id,
        kind: 'ended',
        atMs: afterWritten(report.atMs),
        reportedMs: report.atMs,
        subject: null,
        because: report.because,
      };
    }
    default:
      return report satisfies never;
  }
};

/**
 * Takes a report in. Reports may come late, twice and in any order: one that is known adds nothing, and no interval that
 * is written ever changes or is written again.
 */
export const noteReport = (book: RunBook, report: UsageReport): Noted => {
  const fact = factOf(book, report);
  const facts = fact === null ? book.facts : [...book.facts, fact];
  const seenMs = report.kind === 'seen' ? Math.max(book.seenMs, report.atMs) : book.seenMs;
  const { intervals: all, open } = integrateRun(facts, seenMs);
  const { writtenMs } = book;
  const intervals = all.filter(({ startMs }) => writtenMs === null || startMs >= writtenMs);
  const nowWrittenMs = intervals.at(-1)?.endMs ?? writtenMs;
  return {
    book: { facts, writtenMs: nowWrittenMs, seenMs },
    facts: fact === null ? [] : [fact],
    intervals,
    open: open === null ? null : { ...open, startMs: Math.max(open.startMs, nowWrittenMs ?? open.startMs) },
  };
};
