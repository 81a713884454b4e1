'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Activity, CircleStop } from 'lucide-react';
import { asOptions } from '@/components/lists/as-options';
import type { BulkAct } from '@/components/lists/bulk-bar';
import type { ListColumn } from '@/components/lists/list-rows';
import type { ListState } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { RowLink } from '@/components/lists/row-link';
import { useListState } from '@/components/lists/use-list-state';
import { useRemoteSource } from '@/components/lists/use-source';
import { keys } from '@/components/live/keys';
import { OPERATIONS_LIMIT } from '@/components/live/limits';
import { clustersQuery } from '@/components/live/queries';
import type { OperationActions } from '@/components/operations/operation-actions';
import { operationTitle, receiptText } from '@/components/states/operation-text';
import { OperationStatus } from '@/components/states/states';
import { EmptyState } from '@/components/ui/empty-state';
import { Progress } from '@/components/ui/progress';
import { Time } from '@/components/ui/time';
import { formatDuration } from '@/components/ui/time-text';
import type { OperationSummary, Page } from '@/lib/domain/contract';
import { OPERATION_STATES, operationCan, operationIs } from '@/lib/domain/operation';
import { OPERATION_KINDS, servesClients } from '@/lib/domain/plan';
import { OperationRow, Receipt } from './operation-row';
import { OPERATIONS_LIST } from './operations-list';

const durationOf = ({ startedAt, endedAt }: OperationSummary): string =>
  startedAt === null || endedAt === null ? '–' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt));

const Outcome = ({ operation }: { readonly operation: OperationSummary }) => {
  const { kind, state, stepsDone, stepsTotal, receipt, summary } = operation;
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
  if (receipt !== null && servesClients(kind)) return <Receipt receipt={receipt} />;
  return <span className="text-fg-3 text-xs">{summary ?? '–'}</span>;
};

const titleOf = ({ kind, cluster }: OperationSummary): string => operationTitle(kind, cluster.name);

const COLUMNS: readonly ListColumn<OperationSummary>[] = [
  {
    id: 'kind',
    header: 'Operation',
    text: titleOf,
    cell: (operation) => <RowLink href={`/operations/${operation.id}`}>{titleOf(operation)}</RowLink>,
  },
  {
    id: 'state',
    header: 'State',
    text: ({ state }) => state,
    cell: ({ state }) => <OperationStatus state={state} />,
  },
  {
    id: 'outcome',
    header: 'Progress or receipt',
    className: 'min-w-52',
    text: ({ receipt, summary }) => (receipt === null ? (summary ?? '') : receiptText(receipt)),
    cell: (operation) => <Outcome operation={operation} />,
  },
  {
    id: 'created',
    header: 'Started',
    text: ({ startedAt, createdAt }) => startedAt ?? createdAt,
    cell: ({ startedAt, createdAt }) => <Time at={startedAt ?? createdAt} />,
  },
  {
    id: 'took',
    header: 'Took',
    numeric: true,
    className: 'whitespace-nowrap',
    text: durationOf,
  },
  {
    id: 'requestedBy',
    header: 'Asked by',
    text: ({ requestedBy }) => requestedBy,
    cell: ({ requestedBy, reason }) => (
      <>
        <span className="block max-w-56 truncate">{requestedBy}</span>
        {reason !== '' && <span className="block max-w-56 truncate text-fg-3 text-xs">{reason}</span>}
      </>
    ),
  },
  {
    id: 'cluster',
    header: 'Cluster',
    isExtra: true,
    text: ({ cluster }) => cluster.name,
  },
  {
    id: 'reason',
    header: 'Reason',
    isExtra: true,
    text: ({ reason }) => reason,
    cell: ({ reason }) => (reason === '' ? '–' : reason),
  },
  {
    id: 'approvedBy',
    header: 'Approved by',
    isExtra: true,
    text: ({ approvedBy }) => approvedBy ?? '',
    cell: ({ approvedBy }) => approvedBy ?? '–',
  },
];

const ACTIVE = [
  { value: 'true', label: 'Under way' },
  { value: 'false', label: 'Ended' },
] as const;

interface ActivityListProps {
  readonly initial: Page<OperationSummary>;
  readonly initialState: ListState;
  /** Null for those who may not. */
  readonly cancel: OperationActions['cancel'];
}

export const ActivityList = ({ initial, initialState, cancel }: ActivityListProps) => {
  const client = useQueryClient();
  const list = useListState(OPERATIONS_LIST);
  const clusters = useQuery(clustersQuery()).data?.items ?? [];
  const source = useRemoteSource<OperationSummary>(list, {
    key: ['operations', 'list'],
    path: '/operations',
    limit: OPERATIONS_LIMIT,
    initial,
    initialState,
  });
  const bulk: readonly BulkAct<OperationSummary>[] =
    cancel === null
      ? []
      : [
          {
            label: 'Cancel',
            icon: <CircleStop aria-hidden />,
            danger: true,
            question: 'What was built is taken away again. Where traffic has moved, the operation goes on to its end.',
            can: ({ state }) => operationCan.cancel(state),
            name: titleOf,
            run: async ({ id }) => {
              const result = await cancel({ operation: id });
              void client.invalidateQueries({ queryKey: keys.operation(id) });
              return result;
            },
          },
        ];
  return (
    <ListTable
      label="Operations"
      list={list}
      source={source}
      columns={COLUMNS}
      filters={[
        { name: 'active', label: 'Progress', options: ACTIVE },
        { name: 'state', label: 'State', options: asOptions(OPERATION_STATES) },
        { name: 'kind', label: 'Kind', options: asOptions(OPERATION_KINDS) },
        { name: 'cluster', label: 'Cluster', options: asOptions(clusters.map(({ name }) => name)) },
      ]}
      rowId={({ id }) => id}
      rowName={titleOf}
      searchIn="cluster, person, reason"
      bulk={bulk}
      phoneRow={(operation) => <OperationRow key={operation.id} operation={operation} />}
      empty={
        <EmptyState icon={<Activity />} title="Nothing has happened yet">
          Creating, changing and failing over clusters are operations; each is kept here with its steps.
        </EmptyState>
      }
    />
  );
};
