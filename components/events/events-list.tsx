'use client';

import { useQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import Link from 'next/link';
import { asOptions } from '@/components/lists/as-options';
import type { ListColumn } from '@/components/lists/list-rows';
import type { ListState } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { useListState } from '@/components/lists/use-list-state';
import { useRemoteSource } from '@/components/lists/use-source';
import { EVENTS_LIMIT } from '@/components/live/limits';
import { clustersQuery } from '@/components/live/queries';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { Page, StoredEvent } from '@/lib/domain/contract';
import { eventHref, eventText } from './event-text';
import { EVENTS_LIST, STORED_KINDS } from './events-list-spec';

const What = ({ event }: { readonly event: StoredEvent }) => {
  const href = eventHref(event);
  const text = eventText(event);
  if (href === null) return text;
  return (
    <Link prefetch={false} href={href} className="rounded-sm text-fg hover:underline">
      {text}
    </Link>
  );
};

const COLUMNS: readonly ListColumn<StoredEvent>[] = [
  { id: 'at', header: 'When', className: 'w-32', text: ({ at }) => at, cell: ({ at }) => <Time at={at} /> },
  {
    id: 'kind',
    header: 'Kind',
    className: 'w-32',
    text: ({ kind }) => kind,
    cell: ({ kind }) => <Badge>{kind}</Badge>,
  },
  {
    id: 'what',
    header: 'What',
    text: eventText,
    cell: (event) => <What event={event} />,
  },
  {
    id: 'cluster',
    header: 'Cluster',
    text: ({ cluster }) => cluster?.name ?? '',
    cell: ({ cluster }) => cluster?.name ?? '–',
  },
  {
    id: 'detail',
    header: 'Detail',
    isExtra: true,
    text: ({ payload }) => JSON.stringify(payload),
    cell: ({ payload }) => <span className="font-mono text-xs">{JSON.stringify(payload)}</span>,
  },
];

interface EventsListProps {
  readonly initial: Page<StoredEvent>;
  readonly initialState: ListState;
}

export const EventsList = ({ initial, initialState }: EventsListProps) => {
  const list = useListState(EVENTS_LIST);
  const clusters = useQuery(clustersQuery()).data?.items ?? [];
  const source = useRemoteSource<StoredEvent>(list, {
    key: ['events', 'list'],
    path: '/events/log',
    limit: EVENTS_LIMIT,
    initial,
    initialState,
  });
  return (
    <ListTable
      label="Events"
      list={list}
      source={source}
      columns={COLUMNS}
      filters={[
        { name: 'kind', label: 'Kind', options: asOptions(STORED_KINDS) },
        { name: 'cluster', label: 'Cluster', options: asOptions(clusters.map(({ name }) => name)) },
      ]}
      rowId={({ id }) => id}
      rowName={eventText}
      searchIn={null}
      phoneRow={(event) => (
        <PhoneRow key={event.id} title={<What event={event} />} end={<Badge>{event.kind}</Badge>}>
          <Time at={event.at} />
          {event.cluster !== null && ` · ${event.cluster.name}`}
        </PhoneRow>
      )}
      empty={
        <EmptyState icon={<Radio />} title="Nothing has happened yet">
          Whatever changes is written here as it happens.
        </EmptyState>
      }
    />
  );
};
