import { Temporal } from 'temporal-polyfill';
import type { CalendarQuery, CalendarView } from '@/lib/domain/contract';
import { yearOf } from '@/lib/domain/policy/year';
import { authorise, type UseCaseContext } from '../context';
import { rulesOf } from './stored';
import { POLICY_INCLUDE } from './view';

/** What the calendars of all policies, or of a cluster's (id or name), have in force in a year; this one unless given. */
export const getCalendar = async (context: UseCaseContext, query: CalendarQuery): Promise<CalendarView> => {
  authorise(context, 'cluster.read');
  const now = Temporal.Instant.fromEpochMilliseconds(context.clock().getTime());
  const year = query.year ?? now.toZonedDateTimeISO('UTC').year;
  const rows = await context.db.policy.findMany({
    where: {
      deletedAt: null,
      rule: { path: ['kind'], equals: 'calendar' },
      ...(query.cluster === undefined
        ? {}
        : { OR: [{ clusterId: query.cluster }, { cluster: { name: query.cluster } }] }),
    },
    include: POLICY_INCLUDE,
    orderBy: { name: 'asc' },
  });
  const policies = rows.flatMap((row): CalendarView['policies'] => {
    const { rule } = rulesOf(row);
    if (rule.kind !== 'calendar') return [];
    return [
      {
        policy: { id: row.id, name: row.name, mode: row.mode, enabled: row.enabled },
        cluster: row.cluster,
        zone: rule.zone,
        today: now.toZonedDateTimeISO(rule.zone).toPlainDate().toString(),
        base: rule.base,
        entries: rule.entries.map(({ name, priority, size }) => ({ name, priority, size })),
        days: yearOf(rule, year).map(({ date, startMs, endMs, parts }) => ({
          date,
          hours: (endMs - startMs) / 3_600_000,
          parts: parts.map((part) => ({
            entry: part.entry,
            start: new Date(part.startMs).toISOString(),
            end: new Date(part.endMs).toISOString(),
            fromPart: (part.startMs - startMs) / (endMs - startMs),
            toPart: (part.endMs - startMs) / (endMs - startMs),
          })),
        })),
      },
    ];
  });
  return { year, policies };
};
