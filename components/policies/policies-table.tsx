'use client';

import { useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { policiesQuery } from '@/components/live/queries';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Time } from '@/components/ui/time';
import type { Page, PolicyView } from '@/lib/domain/contract';
import { PolicyMode, PolicyOn } from './policy-badges';

const COLUMNS: readonly DataColumn<PolicyView>[] = [
  {
    id: 'name',
    header: 'Policy',
    sortBy: (policy) => policy.name,
    cell: ({ name, description }) => (
      <>
        <Link
          prefetch={false}
          href={`/policies/${name}`}
          className="whitespace-nowrap rounded-sm font-medium text-fg hover:underline"
        >
          {name}
        </Link>
        <span className="block min-w-48 max-w-xl text-fg-3 text-xs">{description}</span>
      </>
    ),
  },
  {
    id: 'cluster',
    header: 'Cluster',
    sortBy: (policy) => policy.cluster.name,
    cell: ({ cluster }) => (
      <Link prefetch={false} href={`/clusters/${cluster.name}`} className="rounded-sm hover:underline">
        {cluster.name}
      </Link>
    ),
  },
  { id: 'mode', header: 'Mode', sortBy: (policy) => policy.mode, cell: ({ mode }) => <PolicyMode mode={mode} /> },
  { id: 'on', header: 'On', cell: ({ enabled }) => <PolicyOn enabled={enabled} /> },
  {
    id: 'last',
    header: 'Last evaluation',
    cell: ({ lastEvaluation }) =>
      lastEvaluation === null ? (
        <span className="text-fg-3">not yet</span>
      ) : (
        <>
          <span className="block min-w-48 max-w-md text-fg text-xs">{lastEvaluation.reason}</span>
          <span className="text-fg-3 text-xs">
            <Time at={lastEvaluation.at} />
          </span>
        </>
      ),
  },
];

export const PoliciesTable = ({ initial }: { readonly initial: Page<PolicyView> }) => {
  const { data, error, refetch } = useQuery({ ...policiesQuery(), initialData: initial });
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label="Policies"
      rows={data.items}
      columns={COLUMNS}
      rowId={(policy) => policy.id}
      sortedBy={{ id: 'name' }}
      empty={
        <EmptyState icon={<SlidersHorizontal />} title="No policies yet">
          A policy compares what is measured, or the calendar, with what you want, and changes the size of a cluster.
          One that only observes shows what it would do.
        </EmptyState>
      }
    />
  );
};
