import { monthEndMs, monthOf, monthStartMs } from './month';
import type { Because, OpenUsage, UsageFact, UsageInterval, UsageSubject } from './types';

/** What is known of one run: intervals that are over, and the stretch that goes on. */
export interface Integrated {
  readonly intervals: readonly UsageInterval[];
  readonly open: OpenUsage | null;
}

interface Stretch {
  readonly startMs: number;
  readonly subject: UsageSubject;
  readonly because: Because;
}

const MONTH_ENDED: Because = { operationId: null, actor: 'system usage-meter', reason: 'the month ended' };

export const sameSubject = (a: UsageSubject, b: UsageSubject): boolean =>
  a.name === b.name &&
  a.tier === b.tier &&
  a.clusterId === b.clusterId &&
  a.costCentre === b.costCentre &&
  a.site === b.site &&
  a.host === b.host &&
  a.shape.vcpus === b.shape.vcpus &&
  a.shape.memoryMiB === b.shape.memoryMiB &&
  a.shape.diskGiB === b.shape.diskGiB;

/** Stretches in which the subject stays the same, in order; the first begins with the run. */
const stretchesOf = (started: UsageFact & { subject: UsageSubject }, facts: readonly UsageFact[]): Stretch[] => {
  const stretches: Stretch[] = [{ startMs: started.atMs, subject: started.subject, because: started.because }];
  const changes = facts.flatMap((fact) => (fact.kind === 'changed' ? [fact] : []));
  changes.sort((a, b) => a.atMs - b.atMs || a.reportedMs - b.reportedMs);
  for (const { atMs, subject, because } of changes) {
    const last = stretches.at(-1);
    if (last === undefined || sameSubject(last.subject, subject)) continue;
    if (atMs > last.startMs) stretches.push({ startMs: atMs, subject, because });
    else stretches[stretches.length - 1] = { startMs: last.startMs, subject, because };
  }
  return stretches;
};

/** Ends of months within a stretch of time, neither bound among them. */
const monthEndsWithin = (startMs: number, endMs: number): readonly number[] => {
  const ends: number[] = [];
  for (let at = monthEndMs(monthOf(startMs)); at < endMs; at = monthEndMs(monthOf(at))) ends.push(at);
  return ends;
};

/**
 * The intervals of one run, which follow from its facts alone: whoever integrates the same facts gets the same intervals
 * with the same ids. A run is cut where something about it
 * changed and where a month ended; of one that goes on, only months that it was seen to outlive are over. A run whose
 * start is not known yet has none.
 *
 * @param facts of one run
 * @param seenMs when it was last seen to run, by the hypervisor's clock
 */
export const integrateRun = (facts: readonly UsageFact[], seenMs: number): Integrated => {
  const started = facts.find((fact) => fact.kind === 'started');
  if (started?.subject == null) return { intervals: [], open: null };
  const ended = facts.find((fact) => fact.kind === 'ended');
  const endMs = ended === undefined ? null : Math.max(ended.atMs, started.atMs);
  // What goes on is over as far as the last month that it outlived.
  const untilMs = endMs ?? monthStartMs(monthOf(Math.max(seenMs, started.atMs)));
  const stretches = stretchesOf({ ...started, subject: started.subject }, facts);
  const { runId, resource, resourceId } = started;
  const run = { runId, resource, resourceId, runStartMs: started.atMs };
  const intervals: UsageInterval[] = [];
  let open: OpenUsage | null = null;
  for (const [i, { startMs, subject, because }] of stretches.entries()) {
    const next = stretches[i + 1];
    const stretchEndMs = Math.min(next?.startMs ?? Number.POSITIVE_INFINITY, endMs ?? Number.POSITIVE_INFINITY);
    // A stretch that something else followed is over, even in a month that is not.
    const overMs = Number.isFinite(stretchEndMs) ? stretchEndMs : Math.max(untilMs, startMs);
    if (startMs < overMs) {
      const cuts = [startMs, ...monthEndsWithin(startMs, overMs), overMs];
      for (let c = 0; c + 1 < cuts.length; c += 1) {
        const [fromMs = 0, toMs = 0] = [cuts[c], cuts[c + 1]];
        const isLast = toMs === stretchEndMs;
        const endsRun = isLast && toMs === endMs;
        const endBecause = endsRun ? ended?.because : isLast ? next?.because : undefined;
        intervals.push({
          ...run,
          id: `${runId}.${fromMs}`,
          startMs: fromMs,
          endMs: toMs,
          endsRun,
          subject,
          because,
          endBecause: endBecause ?? MONTH_ENDED,
        });
      }
    }
    if (!Number.isFinite(stretchEndMs)) open = { ...run, startMs: Math.max(startMs, overMs), subject, because };
  }
  return { intervals, open };
};
