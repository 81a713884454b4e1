'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { OperationRow } from '@/components/activity/operation-row';
import { type Filter, firstPage, operationsQuery } from '@/components/live/queries';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import type { OperationSummary, Page } from '@/lib/domain/contract';
import { ACTIVE_LIMIT, ENDED_LIMIT } from './limits';

interface ListProps {
  readonly title: string;
  readonly filter: Filter;
  readonly limit: number;
  readonly initial: Page<OperationSummary>;
  /** Said when there is nothing. */
  readonly nothing: string;
}

const OperationsPanel = ({ title, filter, limit, initial, nothing }: ListProps) => {
  const { data, error, refetch } = useInfiniteQuery({
    ...operationsQuery(filter, limit),
    initialData: firstPage(initial),
  });
  const operations = data.pages[0]?.items ?? [];
  return (
    <Panel
      title={title}
      flush
      actions={
        <Link
          prefetch={false}
          href="/operations"
          className="rounded-sm text-fg-2 text-xs hover:text-fg hover:underline"
        >
          All activity
        </Link>
      }
    >
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {error === null && operations.length === 0 && <p className="px-4 py-5 text-fg-3 text-sm">{nothing}</p>}
      {error === null && operations.length > 0 && (
        <ul>
          {operations.map((operation) => (
            <OperationRow key={operation.id} operation={operation} />
          ))}
        </ul>
      )}
    </Panel>
  );
};

const ACTIVE_FILTER = { active: 'true' } as const;
const ENDED_FILTER = { active: 'false' } as const;

export const NowPanel = ({ initial }: { readonly initial: Page<OperationSummary> }) => (
  <OperationsPanel
    title="Happening now"
    filter={ACTIVE_FILTER}
    limit={ACTIVE_LIMIT}
    initial={initial}
    nothing="Nothing is under way."
  />
);

export const RecentPanel = ({ initial }: { readonly initial: Page<OperationSummary> }) => (
  <OperationsPanel
    title="Recently ended"
    filter={ENDED_FILTER}
    limit={ENDED_LIMIT}
    initial={initial}
    nothing="Nothing has ended yet."
  />
);
