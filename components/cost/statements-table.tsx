'use client';

import { FileText } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { asOptions } from '@/components/lists/as-options';
import type { ListColumn, ListFilter } from '@/components/lists/list-rows';
import type { ListSpec } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { RowLink } from '@/components/lists/row-link';
import { useListState } from '@/components/lists/use-list-state';
import { useLocalSource } from '@/components/lists/use-source';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { StatementSummary } from '@/lib/domain/contract';
import { formatMoney, formatMonth } from './money-text';
import { STATEMENT_STATES, StatementStatus } from './statement-status';

type Amount = 'net' | 'tax' | 'total';

const amount = (id: Amount, header: string): ListColumn<StatementSummary> => ({
  id,
  header,
  numeric: true,
  className: 'whitespace-nowrap',
  text: (statement) => statement[id],
  sortBy: (statement) => Number(statement[id]),
  cell: (statement) => (
    <span className={id === 'total' ? 'font-medium text-fg' : undefined}>
      {formatMoney(statement[id], statement.currency)}
    </span>
  ),
});

const MonthLink = ({ statement: { id, month, costCentre } }: { readonly statement: StatementSummary }) => (
  <RowLink href={`/cost/statements/${encodeURIComponent(id)}`}>
    {formatMonth(month)}
    <span className="sr-only">, {costCentre}</span>
  </RowLink>
);

const COLUMNS: readonly ListColumn<StatementSummary>[] = [
  {
    id: 'month',
    header: 'Month',
    text: ({ month }) => month,
    cell: (statement) => <MonthLink statement={statement} />,
  },
  {
    id: 'costCentre',
    header: 'Cost centre',
    text: ({ costCentre }) => costCentre,
  },
  { id: 'state', header: 'State', text: ({ state }) => state, cell: ({ state }) => <StatementStatus state={state} /> },
  amount('net', 'Net'),
  amount('tax', 'Tax'),
  amount('total', 'Total'),
  {
    id: 'closed',
    header: 'Closed',
    className: 'whitespace-nowrap',
    text: ({ closedAt }) => closedAt ?? '',
    cell: ({ closedAt }) => (closedAt === null ? '–' : <Time at={closedAt} />),
  },
  {
    id: 'currency',
    header: 'Currency',
    isExtra: true,
    text: ({ currency }) => currency,
  },
];

const STATEMENTS_LIST: ListSpec = {
  path: '/cost/statements',
  sort: '-month',
  sorts: ['month', 'costCentre', 'state', 'net', 'tax', 'total', 'closed'],
  filters: { month: null, costCentre: null, state: STATEMENT_STATES },
};

const filtersOf = (items: readonly StatementSummary[]): readonly ListFilter<StatementSummary>[] => [
  {
    name: 'month',
    label: 'Month',
    options: [...new Set(items.map(({ month }) => month))].map((value) => ({ value, label: formatMonth(value) })),
    of: ({ month }) => month,
  },
  {
    name: 'costCentre',
    label: 'Cost centre',
    options: asOptions(items.map(({ costCentre }) => costCentre).sort()),
    of: ({ costCentre }) => costCentre,
  },
  { name: 'state', label: 'State', options: asOptions(STATEMENT_STATES), of: ({ state }) => state },
];

export const StatementsTable = ({ items }: { readonly items: readonly StatementSummary[] }) => {
  const router = useRouter();
  const filters = useMemo(() => filtersOf(items), [items]);
  const list = useListState(STATEMENTS_LIST);
  const source = useLocalSource(list, { rows: items, columns: COLUMNS, filters, error: null, retry: router.refresh });
  return (
    <ListTable
      label="Statements"
      list={list}
      source={source}
      columns={COLUMNS}
      filters={filters}
      rowId={({ id }) => id}
      rowName={({ month, costCentre }) => `${formatMonth(month)}, ${costCentre}`}
      searchIn={null}
      phoneRow={(statement) => (
        <PhoneRow
          key={statement.id}
          title={<MonthLink statement={statement} />}
          end={formatMoney(statement.total, statement.currency)}
        >
          <span className="flex items-center gap-3">
            <StatementStatus state={statement.state} /> {statement.costCentre}
          </span>
        </PhoneRow>
      )}
      empty={
        <EmptyState icon={<FileText />} title="No statements yet">
          The first draft is here as soon as something has run.
        </EmptyState>
      }
    />
  );
};
