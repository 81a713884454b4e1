import type { CalendarView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import type { PartialSize } from '@/lib/domain/policy/size';

export type CalendarDay = CalendarView['policies'][number]['days'][number];

const COLOURS = 8;

/** The colour of an entry, by its position. */
export const colourOf = (entry: number): string => `var(--c-chart-${(entry % COLOURS) + 1})`;

/** "4 nodes, 2 vCPU" */
export const sizeText = ({ nodes, vcpus, memoryMiB }: PartialSize): string =>
  [
    nodes === undefined ? null : counted(nodes, 'node'),
    vcpus === undefined ? null : `${vcpus} vCPU`,
    memoryMiB === undefined ? null : `${memoryMiB} MiB`,
  ]
    .filter((part) => part !== null)
    .join(', ');

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });

export interface CalendarMonth {
  readonly name: string;
  /** Monday to Sunday; null where the month has no day. */
  readonly weeks: readonly (readonly (CalendarDay | null)[])[];
}

const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

export const monthsOf = (days: readonly CalendarDay[]): readonly CalendarMonth[] => {
  const months = [...new Set(days.map(({ date }) => date.slice(0, 7)))];
  return months.map((month) => {
    const own = days.filter(({ date }) => date.startsWith(month));
    const [first] = own;
    const lead = first === undefined ? 0 : weekdayOf(first.date);
    const cells: (CalendarDay | null)[] = [...Array.from({ length: lead }, () => null), ...own];
    while (cells.length % 7 !== 0) cells.push(null);
    const weeks = Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
    return { name: MONTH.format(new Date(`${month}-01T00:00:00Z`)), weeks };
  });
};

type Named = Pick<CalendarView['policies'][number], 'entries' | 'zone'>;

/** A moment on the wall clock of the calendar's zone. */
const wallClock = (at: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(at));

/** "2026-12-24: peak 00:00–24:00", "2026-12-25: base all day" */
export const dayText = (day: CalendarDay, { entries, zone }: Named): string => {
  if (day.parts.length === 0) return `${day.date}: base all day`;
  const parts = day.parts.map(({ entry, start, end, fromPart, toPart }) => {
    const name = entries[entry]?.name ?? '';
    if (fromPart === 0 && toPart === 1) return `${name} all day`;
    return `${name} ${wallClock(start, zone)}–${toPart === 1 ? '24:00' : wallClock(end, zone)}`;
  });
  return `${day.date}: ${parts.join(', ')}`;
};
