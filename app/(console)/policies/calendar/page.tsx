import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { YearCalendar } from '@/components/policies/year-calendar';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Page, PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { calendarQuerySchema } from '@/lib/domain/contract';
import { getCalendar } from '@/lib/usecases/policies/calendar-year';

export const metadata: Metadata = { title: 'Calendar' };

interface CalendarPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function CalendarPage({ searchParams }: CalendarPageProps) {
  const context = await pageContext();
  const query = calendarQuerySchema.safeParse(await searchParams).data ?? {};
  const { year, policies } = await getCalendar(context, query);
  const hrefOf = (of: number): string =>
    `/policies/calendar?year=${of}${query.cluster === undefined ? '' : `&cluster=${encodeURIComponent(query.cluster)}`}`;
  return (
    <Page>
      <PageHeader
        breadcrumbs={[{ label: 'Policies', href: '/policies' }]}
        title={`Calendar ${year}`}
        description={
          query.cluster === undefined
            ? 'What calendars of policies have in force on each day of the year.'
            : `What the calendars of ${query.cluster} have in force on each day of the year.`
        }
        actions={
          <>
            <Button asChild>
              <Link prefetch={false} href={hrefOf(year - 1)}>
                <ChevronLeft aria-hidden /> {year - 1}
              </Link>
            </Button>
            <Button asChild>
              <Link prefetch={false} href={hrefOf(year + 1)}>
                {year + 1} <ChevronRight aria-hidden />
              </Link>
            </Button>
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {policies.length === 0 && (
          <Panel flush>
            <EmptyState icon={<CalendarDays />} title="No policy has a calendar">
              A policy of the kind calendar changes a cluster’s size by months, dates or hours of the week.
            </EmptyState>
          </Panel>
        )}
        {policies.map((of) => (
          <YearCalendar key={of.policy.id} of={of} />
        ))}
      </div>
    </Page>
  );
}
