import { type Run, runsFrom } from './runs';
import type { CalendarEntry, CalendarRule, QuietHours } from './schema';

const NEVER_MS = Number.MAX_SAFE_INTEGER;

export interface CalendarReading {
  /** The entry in force; null outside every one. */
  readonly entry: CalendarEntry | null;
  /** Until when that stays so, at least. */
  readonly untilMs: number;
}

export interface NextRun extends Run {
  readonly name: string;
  readonly priority: number;
}

const readCalendar = (rule: CalendarRule, nowMs: number): CalendarReading => {
  let entry: CalendarEntry | null = null;
  let untilMs = NEVER_MS;
  for (const candidate of rule.entries) {
    const [run] = runsFrom(candidate.when, rule.zone, nowMs);
    if (run === undefined) continue;
    const isInForce = run.startMs <= nowMs;
    untilMs = Math.min(untilMs, isInForce ? run.endMs : run.startMs);
    if (isInForce && (entry === null || candidate.priority > entry.priority)) entry = candidate;
  }
  return { entry, untilMs };
};

/** Remembers a reading until it may change: clock arithmetic costs more than all the rest of an evaluation. */
const remembered = <T extends { readonly untilMs: number }>(read: (nowMs: number) => T): ((nowMs: number) => T) => {
  let last: { readonly fromMs: number; readonly reading: T } | null = null;
  return (nowMs) => {
    if (last === null || nowMs < last.fromMs || nowMs >= last.reading.untilMs) {
      last = { fromMs: nowMs, reading: read(nowMs) };
    }
    return last.reading;
  };
};

/** Says which entry of a calendar is in force at a moment. */
export const calendarReader = (rule: CalendarRule): ((nowMs: number) => CalendarReading) =>
  remembered((nowMs) => readCalendar(rule, nowMs));

export interface QuietReading {
  readonly isQuiet: boolean;
  readonly untilMs: number;
}

export const quietReader = (quiet: QuietHours): ((nowMs: number) => QuietReading) =>
  remembered((nowMs) => {
    const [run] = runsFrom({ kind: 'weekly', ...quiet }, quiet.zone, nowMs);
    if (run === undefined) return { isQuiet: false, untilMs: NEVER_MS };
    const isQuiet = run.startMs <= nowMs;
    return { isQuiet, untilMs: isQuiet ? run.endMs : run.startMs };
  });

export const NEXT_RUNS = 10;

/** The runs of all entries that have not ended, by their start. */
export const nextRuns = (rule: CalendarRule, nowMs: number, count = NEXT_RUNS): readonly NextRun[] =>
  rule.entries
    .flatMap(({ name, priority, when }) => {
      const found: NextRun[] = [];
      for (const run of runsFrom(when, rule.zone, nowMs)) {
        found.push({ name, priority, ...run });
        if (found.length === count) break;
      }
      return found;
    })
    .sort((a, b) => a.startMs - b.startMs || b.priority - a.priority)
    .slice(0, count);
