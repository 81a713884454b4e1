import Link from 'next/link';
import { Panel } from '@/components/ui/panel';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { CalendarView } from '@/lib/domain/contract';
import { type CalendarDay, colourOf, dayText, monthsOf, sizeText } from './calendar-model';
import { PolicyMode, PolicyOn } from './policy-badges';

type OfPolicy = CalendarView['policies'][number];

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** A day as its number over its 24 hours, in which what is in force is coloured. */
const Day = ({ day, of }: { readonly day: CalendarDay; readonly of: OfPolicy }) => {
  const text = dayText(day, of);
  const isToday = day.date === of.today;
  return (
    <td className="p-px text-center">
      <span
        title={text}
        className={`relative block h-6 overflow-hidden rounded-xs bg-subtle text-2xs leading-4.5 ${isToday ? 'font-semibold text-fg outline-2 outline-accent' : 'text-fg-2'}`}
      >
        <span aria-hidden>{Number(day.date.slice(8))}</span>
        <span className="sr-only">{text}</span>
        {day.parts.map((part) => (
          <span
            key={part.start}
            aria-hidden
            className="absolute bottom-0 h-1.5"
            style={{
              left: `${part.fromPart * 100}%`,
              width: `${(part.toPart - part.fromPart) * 100}%`,
              background: colourOf(part.entry),
            }}
          />
        ))}
      </span>
    </td>
  );
};

const Month = ({
  name,
  weeks,
  of,
}: {
  readonly name: string;
  readonly weeks: readonly (readonly (CalendarDay | null)[])[];
  readonly of: OfPolicy;
}) => (
  <table className="w-full table-fixed border-separate border-spacing-0">
    <caption className="mb-1 text-left font-medium text-fg text-xs">{name}</caption>
    <thead>
      <tr>
        {WEEKDAYS.map((day) => (
          <th key={day} scope="col" className="font-normal text-2xs text-fg-3">
            <span aria-hidden>{day.slice(0, 1)}</span>
            <span className="sr-only">{day}</span>
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {weeks.map((week) => (
        <tr key={week.find((day) => day !== null)?.date ?? name}>
          {week.map((day, i) =>
            // A week has a place for each weekday, whether the month has a day there or not.
            day === null ? <td key={WEEKDAYS[i]} /> : <Day key={day.date} day={day} of={of} />,
          )}
        </tr>
      ))}
    </tbody>
  </table>
);

const Legend = ({ of }: { readonly of: OfPolicy }) => (
  <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs" aria-label="Entries">
    {of.entries.map(({ name, priority, size }, i) => (
      <li key={name} className="flex items-center gap-1.5">
        <span aria-hidden className="h-1.5 w-4 rounded-full" style={{ background: colourOf(i) }} />
        <span className="font-medium">{name}</span>
        <span className="text-fg-2">
          {sizeText(size)}
          {priority > 0 && `, priority ${priority}`}
        </span>
      </li>
    ))}
    <li className="flex items-center gap-1.5">
      <span aria-hidden className="h-1.5 w-4 rounded-full bg-subtle" />
      <span className="font-medium">base</span>
      <span className="text-fg-2">{sizeText(of.base)}</span>
    </li>
  </ul>
);

const DayTable = ({ of }: { readonly of: OfPolicy }) => (
  <details>
    <summary className="cursor-pointer rounded-sm text-fg-2 text-sm hover:text-fg">Days as a table</summary>
    <div className="mt-2">
      <Table label={`Days of ${of.policy.name}`}>
        <TableHead>
          <TableHeader>Day</TableHeader>
          <TableHeader>In force</TableHeader>
        </TableHead>
        <TableBody>
          {of.days
            .filter(({ parts }) => parts.length > 0)
            .map((day) => (
              <TableRow key={day.date}>
                <TableCell>{day.date}</TableCell>
                <TableCell>{dayText(day, of).replace(/^[^:]*: /, '')}</TableCell>
              </TableRow>
            ))}
        </TableBody>
      </Table>
    </div>
  </details>
);

/** A calendar's year: what is in force on each day, in its own zone. */
export const YearCalendar = ({ of }: { readonly of: OfPolicy }) => {
  const { policy, cluster, zone } = of;
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-2">
          <Link prefetch={false} href={`/policies/${policy.name}`} className="rounded-sm hover:underline">
            {policy.name}
          </Link>
          <PolicyMode mode={policy.mode} /> <PolicyOn enabled={policy.enabled} />
        </span>
      }
      description={
        <>
          of{' '}
          <Link prefetch={false} href={`/clusters/${cluster.name}`} className="rounded-sm hover:underline">
            {cluster.name}
          </Link>
          , days of {zone}. A time that a clock change skips is the moment of the change; of one that it doubles, a
          start is the first and an end the second.
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Legend of={of} />
        <div className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-4">
          {monthsOf(of.days).map(({ name, weeks }) => (
            <Month key={name} name={name} weeks={weeks} of={of} />
          ))}
        </div>
        <DayTable of={of} />
      </div>
    </Panel>
  );
};
