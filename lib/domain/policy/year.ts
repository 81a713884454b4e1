import { Temporal } from 'temporal-polyfill';
import { type Run, runsFrom } from './runs';
import type { CalendarRule, When } from './schema';
import { momentOf } from './zone';

/** A stretch of time in which one entry of a calendar is in force; between stretches it is at its base. */
export interface Stretch extends Run {
  /** Position among the rule's entries. */
  readonly entry: number;
}

const runsBetween = (when: When, zone: string, fromMs: number, toMs: number): readonly Run[] => {
  const found: Run[] = [];
  for (const run of runsFrom(when, zone, fromMs)) {
    if (run.startMs >= toMs) break;
    found.push({ startMs: Math.max(run.startMs, fromMs), endMs: Math.min(run.endMs, toMs) });
  }
  return found;
};

/** Which entry is in force when, from a moment to another: of several the highest priority, of equals the first. */
export const stretchesOf = (rule: CalendarRule, fromMs: number, toMs: number): readonly Stretch[] => {
  const runs = rule.entries.map(({ when }) => runsBetween(when, rule.zone, fromMs, toMs));
  const edges = [...new Set(runs.flat().flatMap(({ startMs, endMs }) => [startMs, endMs]))].sort((a, b) => a - b);
  const next = runs.map(() => 0);
  const stretches: Stretch[] = [];
  for (const [i, startMs] of edges.entries()) {
    const endMs = edges[i + 1] ?? startMs;
    let inForce: number | null = null;
    for (const [entry, own] of runs.entries()) {
      while ((own[next[entry] ?? 0]?.endMs ?? Number.POSITIVE_INFINITY) <= startMs)
        next[entry] = (next[entry] ?? 0) + 1;
      const run = own[next[entry] ?? 0];
      if (run === undefined || run.startMs > startMs) continue;
      const isHigher =
        inForce === null || (rule.entries[entry]?.priority ?? 0) > (rule.entries[inForce]?.priority ?? 0);
      if (isHigher) inForce = entry;
    }
    if (inForce === null || endMs === startMs) continue;
    const last = stretches.at(-1);
    if (last !== undefined && last.entry === inForce && last.endMs === startMs) {
      stretches[stretches.length - 1] = { ...last, endMs };
    } else stretches.push({ entry: inForce, startMs, endMs });
  }
  return stretches;
};

export interface CalendarDay {
  /** In the calendar's zone, `2026-12-24`. */
  readonly date: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly parts: readonly Stretch[];
}

/** A year of a calendar, day by day in its own zone; days of a clock change are an hour shorter or longer. */
export const yearOf = (rule: CalendarRule, year: number): readonly CalendarDay[] => {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  const starts = Array.from({ length: first.daysInYear + 1 }, (_, i) => {
    const date = first.add({ days: i });
    return { date: date.toString(), ms: momentOf(date.toPlainDateTime(), rule.zone, 'start') };
  });
  const stretches = stretchesOf(rule, starts[0]?.ms ?? 0, starts.at(-1)?.ms ?? 0);
  let next = 0;
  return starts.slice(0, -1).map(({ date, ms: startMs }, i) => {
    const endMs = starts[i + 1]?.ms ?? startMs;
    while ((stretches[next]?.endMs ?? Number.POSITIVE_INFINITY) <= startMs) next += 1;
    const parts: Stretch[] = [];
    for (let s = next; (stretches[s]?.startMs ?? Number.POSITIVE_INFINITY) < endMs; s += 1) {
      const stretch = stretches[s];
      if (stretch === undefined) break;
      parts.push({
        entry: stretch.entry,
        startMs: Math.max(stretch.startMs, startMs),
        endMs: Math.min(stretch.endMs, endMs),
      });
    }
    return { date, startMs, endMs, parts };
  });
};
