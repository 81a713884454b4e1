import type { Metadata } from 'next';
import { EventsList } from '@/components/events/events-list';
import { EVENTS_LIST } from '@/components/events/events-list-spec';
import { listQuery, parseListState, type SearchParams } from '@/components/lists/list-state';
import { EVENTS_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { eventsQuerySchema } from '@/lib/domain/contract';
import { listEvents } from '@/lib/usecases/events/list-events';

export const metadata: Metadata = { title: 'Events' };

export default async function EventsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const state = parseListState(EVENTS_LIST, await searchParams);
  const query = eventsQuerySchema.parse({ ...listQuery(EVENTS_LIST, state), limit: EVENTS_LIMIT });
  const events = await listEvents(await pageContext(), query);
  return (
    <Page>
      <PageHeader title="Events" description="What changed, newest first, as it happens." />
      <EventsList initial={events} initialState={state} />
    </Page>
  );
}
