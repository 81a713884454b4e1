'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { clustersQuery, firstPage, operationsQuery } from '@/components/live/queries';
import { operationTitle } from '@/components/states/operation-text';
import { OperationStatus } from '@/components/states/states';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadMore } from '@/components/ui/load-more';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { formatDuration } from '@/components/ui/time-text';
import type { OperationSummary, Page } from '@/lib/domain/contract';
import { OPERATION_STATES, operationIs } from '@/lib/domain/operation';
import { type ActivityFilter, toApiFilter, toHref } from './activity-filter';
import { OperationRow, Receipt } from './operation-row';

const SHOW = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Under way' },
  { value: 'ended', label: 'Ended' },
] as const;
const ANY = 'any';

const durationOf = ({ startedAt, endedAt }: OperationSummary): string =>
  startedAt === null || endedAt === null ? '–' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt));

const Outcome = ({ operation }: { readonly operation: OperationSummary }) => {
  const { state, stepsDone, stepsTotal, receipt, summary } = operation;
  if (operationIs.active(state)) {
    return (
      <span className="flex min-w-40 items-center gap-2">
        <Progress value={stepsTotal === 0 ? null : stepsDone / stepsTotal} label="Steps" />
        <span className="whitespace-nowrap text-fg-3 text-xs">
          {stepsDone} of {stepsTotal}
        </span>
      </span>
    );
  }
  if (receipt !== null) return <Receipt receipt={receipt} />;
  return <span className="text-fg-3 text-xs">{summary ?? '–'}</span>;
};

const Row = ({ operation }: { readonly operation: OperationSummary }) => (
  <TableRow>
    <TableCell>
      <Link
        prefetch={false}
        href={`/operations/${operation.id}`}
        className="whitespace-nowrap rounded-sm font-medium text-fg hover:underline"
      >
        {operationTitle(operation.kind, operation.cluster.name)}
      </Link>
    </TableCell>
    <TableCell>
      <OperationStatus state={operation.state} />
    </TableCell>
    <TableCell className="min-w-52">
      <Outcome operation={operation} />
    </TableCell>
    <TableCell>
      <Time at={operation.startedAt ?? operation.createdAt} />
    </TableCell>
    <TableCell numeric className="whitespace-nowrap">
      {durationOf(operation)}
    </TableCell>
    <TableCell>
      <span className="block max-w-56 truncate">{operation.requestedBy}</span>
      {operation.reason !== '' && <span className="block max-w-56 truncate text-fg-3 text-xs">{operation.reason}</span>}
    </TableCell>
  </TableRow>
);

interface ActivityListProps {
  readonly initial: Page<OperationSummary>;
  readonly filter: ActivityFilter;
}

export const ActivityList = ({ initial, filter }: ActivityListProps) => {
  const router = useRouter();
  const query = useInfiniteQuery({ ...operationsQuery(toApiFilter(filter)), initialData: firstPage(initial) });
  const clusters = useQuery(clustersQuery()).data?.items ?? [];
  const names = [
    ...new Set([...clusters.map(({ name }) => name), ...(filter.cluster === null ? [] : [filter.cluster])]),
  ];
  const operations = query.data.pages.flatMap((page) => page.items);
  const change = (part: Partial<ActivityFilter>): void => router.replace(toHref({ ...filter, ...part }));
  const isFiltered = filter.show !== 'all' || filter.state !== null || filter.cluster !== null;
  const body = (): React.ReactNode => {
    if (query.error !== null) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
    if (operations.length === 0) {
      return (
        <EmptyState icon={<Activity />} title={isFiltered ? 'No operation matches' : 'Nothing has happened yet'}>
          {isFiltered
            ? 'Change the filter to see others.'
            : 'Creating, changing and failing over clusters are operations; each is kept here with its steps.'}
        </EmptyState>
      );
    }
    return (
      <>
        <ul className="md:hidden">
          {operations.map((operation) => (
            <OperationRow key={operation.id} operation={operation} />
          ))}
        </ul>
        <div className="max-md:hidden">
          <Table label="Operations">
            <TableHead>
              <TableHeader>Operation</TableHeader>
              <TableHeader>State</TableHeader>
              <TableHeader>Progress or receipt</TableHeader>
              <TableHeader>Started</TableHeader>
              <TableHeader numeric>Took</TableHeader>
              <TableHeader>Asked by</TableHeader>
            </TableHead>
            <TableBody>
              {operations.map((operation) => (
                <Row key={operation.id} operation={operation} />
              ))}
            </TableBody>
          </Table>
        </div>
      </>
    );
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Show"
          value={filter.show}
          onValueChange={(show) => change({ show, state: null })}
          options={SHOW}
        />
        <Select
          aria-label="State"
          size="sm"
          className="w-36"
          value={filter.state ?? ANY}
          onValueChange={(state) => change({ state: OPERATION_STATES.find((s) => s === state) ?? null, show: 'all' })}
          options={[
            { value: ANY, label: 'Any state' },
            ...OPERATION_STATES.map((state) => ({ value: state, label: state })),
          ]}
        />
        <Select
          aria-label="Cluster"
          size="sm"
          className="w-44"
          value={filter.cluster ?? ANY}
          onValueChange={(cluster) => change({ cluster: cluster === ANY ? null : cluster })}
          options={[{ value: ANY, label: 'Any cluster' }, ...names.map((name) => ({ value: name, label: name }))]}
        />
      </div>
      <Panel flush>
        {body()}
        <LoadMore query={query} />
      </Panel>
    </div>
  );
};
