'use client';

import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import type { ListColumn } from '@/components/lists/list-rows';
import type { ListState } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { useListState } from '@/components/lists/use-list-state';
import { useRemoteSource } from '@/components/lists/use-source';
import { AUDIT_LIMIT } from '@/components/live/limits';
import { CopyText } from '@/components/ui/copy-button';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { Sheet } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { AuditView, Page } from '@/lib/domain/contract';
import { ACTION_NOUNS, AUDIT_LIST } from './audit-list-spec';

const EntrySheet = ({ entry, onClose }: { readonly entry: AuditView; readonly onClose: () => void }) => (
  <Sheet open onOpenChange={(open) => !open && onClose()} title={`Entry ${entry.seq}`} description={entry.action}>
    <div className="flex flex-col gap-5">
      <DescriptionList>
        <Description term="When">
          <Time at={entry.at} format="full" />
        </Description>
        <Description term="Who">{entry.actor}</Description>
        <Description term="Subject">
          <Link
            prefetch={false}
            href={`/audit?subject=${encodeURIComponent(entry.subject)}`}
            onClick={onClose}
            className="rounded-sm font-mono text-accent-text text-xs hover:underline"
          >
            {entry.subject}
          </Link>
        </Description>
        <Description term="Reason">{entry.reason === '' ? '–' : entry.reason}</Description>
        <Description term="Hash">
          <CopyText text={entry.hash} label="Copy the hash" className="max-w-full" />
        </Description>
      </DescriptionList>
      <section aria-label="Detail">
        <h3 className="mb-1.5 font-medium text-xs">Detail</h3>
        <pre className="overflow-x-auto whitespace-pre-wrap break-words rounded-md border bg-subtle p-3 font-mono text-xs">
          {JSON.stringify(entry.detail, null, 2)}
        </pre>
      </section>
    </div>
  </Sheet>
);

const columnsWith = (open: (entry: AuditView) => void): readonly ListColumn<AuditView>[] => [
  {
    id: 'seq',
    header: 'No.',
    numeric: true,
    className: 'w-16',
    text: ({ seq }) => Number(seq),
    cell: (entry) => (
      <button
        type="button"
        aria-label={`Entry ${entry.seq}: detail`}
        className="rounded-sm px-1 text-accent-text hover:underline pointer-coarse:py-2"
        onClick={() => open(entry)}
      >
        {entry.seq}
      </button>
    ),
  },
  { id: 'at', header: 'When', text: ({ at }) => at, cell: ({ at }) => <Time at={at} /> },
  {
    id: 'action',
    header: 'Action',
    className: 'whitespace-nowrap font-mono text-xs',
    text: ({ action }) => action,
  },
  {
    id: 'subject',
    header: 'Subject',
    text: ({ subject }) => subject,
    cell: ({ subject }) => (
      <Link
        prefetch={false}
        href={`/audit?subject=${encodeURIComponent(subject)}`}
        className="block max-w-64 truncate rounded-sm font-mono text-xs hover:underline"
      >
        {subject}
      </Link>
    ),
  },
  {
    id: 'actor',
    header: 'Who',
    text: ({ actor }) => actor,
    cell: ({ actor }) => (
      <Link
        prefetch={false}
        href={`/audit?actor=${encodeURIComponent(actor)}`}
        className="rounded-sm text-fg hover:underline"
      >
        {actor}
      </Link>
    ),
  },
  {
    id: 'reason',
    header: 'Reason',
    text: ({ reason }) => reason,
    cell: ({ reason }) => <span className="block max-w-72 truncate">{reason === '' ? '–' : reason}</span>,
  },
  {
    id: 'hash',
    header: 'Hash',
    isExtra: true,
    text: ({ hash }) => hash,
    cell: ({ hash }) => <span className="font-mono text-xs">{hash.slice(0, 12)}…</span>,
  },
];

interface AuditListProps {
  readonly initial: Page<AuditView>;
  readonly initialState: ListState;
}

export const AuditList = ({ initial, initialState }: AuditListProps) => {
  const [opened, setOpened] = useState<AuditView | null>(null);
  const columns = useMemo(() => columnsWith(setOpened), []);
  const list = useListState(AUDIT_LIST);
  const source = useRemoteSource<AuditView>(list, {
    key: ['audit', 'list'],
    path: '/audit',
    limit: AUDIT_LIMIT,
    initial,
    initialState,
  });
  const { subject, actor } = list.state.filters;
  return (
    <>
      <ListTable
        label="Entries"
        list={list}
        source={source}
        columns={columns}
        filters={[
          { name: 'action', label: 'Kind', options: ACTION_NOUNS.map((noun) => ({ value: `${noun}.`, label: noun })) },
          ...(subject === undefined ? [] : [{ name: 'subject', label: 'Subject', options: [] }]),
          ...(actor === undefined ? [] : [{ name: 'actor', label: 'Person', options: [] }]),
        ]}
        rowId={({ seq }) => seq}
        rowName={({ seq }) => `entry ${seq}`}
        searchIn="subject, person, action, reason"
        phoneRow={(entry) => (
          <PhoneRow
            key={entry.seq}
            title={
              <button
                type="button"
                className="rounded-sm text-left font-mono text-xs hover:underline"
                onClick={() => setOpened(entry)}
              >
                {entry.action}
              </button>
            }
            end={<Time at={entry.at} />}
          >
            <span className="block break-all font-mono">{entry.subject}</span>
            {entry.actor}
            {entry.reason !== '' && ` · ${entry.reason}`}
          </PhoneRow>
        )}
        empty={
          <EmptyState icon={<ScrollText />} title="No entries">
            Every act of a person, a token or a policy is written here, with who, what and why.
          </EmptyState>
        }
      />
      {opened !== null && <EntrySheet entry={opened} onClose={() => setOpened(null)} />}
    </>
  );
};
