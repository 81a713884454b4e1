import { Temporal } from 'temporal-polyfill';
import type { When } from './schema';
import { WEEKDAYS } from './words';
import { localDate, momentOf } from './zone';

/** A stretch of time, milliseconds since 1970; the end is not part of it. */
export interface Run {
  readonly startMs: number;
  readonly endMs: number;
}

type Weekly = Pick<Extract<When, { kind: 'weekly' }>, 'days' | 'from' | 'to'>;

const between = (start: Temporal.PlainDateTime, end: Temporal.PlainDateTime, zone: string): Run => ({
  startMs: momentOf(start, zone, 'start'),
  endMs: momentOf(end, zone, 'end'),
});

const MIDNIGHT = Temporal.PlainTime.from('00:00');
const at = (date: Temporal.PlainDate, time: Temporal.PlainTime = MIDNIGHT): Temporal.PlainDateTime =>
  date.toPlainDateTime(time);

function* weeklyRuns({ days, from, to }: Weekly, zone: string, first: Temporal.PlainDate): Generator<Run> {
  const start = Temporal.PlainTime.from(from);
  const end = Temporal.PlainTime.from(to);
  const isOverMidnight = Temporal.PlainTime.compare(end, start) <= 0;
  const on = new Set(days.map((day) => WEEKDAYS.indexOf(day) + 1));
  for (let date = first.subtract({ days: 1 }); ; date = date.add({ days: 1 })) {
    if (!on.has(date.dayOfWeek)) continue;
    yield between(at(date, start), at(isOverMidnight ? date.add({ days: 1 }) : date, end), zone);
  }
}

function* monthRuns(months: readonly number[], zone: string, first: Temporal.PlainDate): Generator<Run> {
  for (let date = first.with({ day: 1 }); ; date = date.add({ months: 1 })) {
    if (months.includes(date.month)) yield between(at(date), at(date.add({ months: 1 })), zone);
  }
}

function* dateRuns(when: Extract<When, { kind: 'dates' }>, zone: string, first: Temporal.PlainDate): Generator<Run> {
  const from = Temporal.PlainDate.from(when.from);
  const to = Temporal.PlainDate.from(when.to);
  if (!when.yearly) {
    yield between(at(from), at(to.add({ days: 1 })), zone);
    return;
  }
  const beginsBefore = Math.max(0, first.year - 1 - from.year);
  for (let years = beginsBefore; ; years += 1) {
    yield between(at(from.add({ years })), at(to.add({ years }).add({ days: 1 })), zone);
  }
}

const runsAround = (when: When, zone: string, first: Temporal.PlainDate): Generator<Run> => {
  switch (when.kind) {
    case 'weekly':
      return weeklyRuns(when, zone, first);
    case 'months':
      return monthRuns(when.months, zone, first);
    case 'dates':
      return dateRuns(when, zone, first);
    default: {
      const unknown: never = when;
      throw new Error(`unknown kind of entry ${JSON.stringify(unknown)}`);
    }
  }
};

/**
 * The runs that have not ended by then, in their order; without end but for dates of one year. A run that a clock change
 * leaves no time for is none.
 */
export function* runsFrom(when: When, zone: string, fromMs: number): Generator<Run> {
  for (const run of runsAround(when, zone, localDate(fromMs, zone))) {
    if (run.endMs > fromMs && run.endMs > run.startMs) yield run;
  }
}
