'use client';

import { ArrowDown, ArrowUp, ChevronsUpDown, SearchX } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadMore } from '@/components/ui/load-more';
import { Panel } from '@/components/ui/panel';
import { Select } from '@/components/ui/select';
import { Table, TableBody, TableHead, TableHeader } from '@/components/ui/table';
import { type BulkAct, BulkBar } from './bulk-bar';
import { ColumnsMenu } from './columns-menu';
import { ExportButton } from './export-button';
import { ListRow } from './list-row';
import { type ListColumn, type ListFilter, shownColumns } from './list-rows';
import { isNarrowed, sortedAs, toggledSort } from './list-state';
import { SavedFilters } from './saved-filters';
import { SearchField } from './search-field';
import type { ListControl } from './use-list-state';

export interface ListSource<Row> {
  readonly rows: readonly Row[];
  /** How many match on all pages, where that is known. */
  readonly total: number | null;
  /** Reads all of them, page by page, for the CSV. */
  readonly readAll: (signal: AbortSignal) => AsyncIterable<readonly Row[]>;
  readonly more: Parameters<typeof LoadMore>[0]['query'];
  readonly error: Error | null;
  readonly retry: () => void;
  /** What is shown is of the filter before. */
  readonly isStale: boolean;
}

interface ListTableProps<Row> {
  /** "VMs": names the table and its file. */
  readonly label: string;
  /** What rows are called where they are counted, if not that: "Intervals". */
  readonly rowsLabel?: string;
  readonly list: ListControl;
  readonly source: ListSource<Row>;
  readonly columns: readonly ListColumn<Row>[];
  readonly filters: readonly ListFilter<Row>[];
  readonly rowId: (row: Row) => string;
  /** What a row is called where it is selected. */
  readonly rowName: (row: Row) => string;
  /** What a row is called in a link to it: `/cost/rates#rate-2`. */
  readonly anchor?: (row: Row) => string;
  /** "name, cluster": what the search looks at; null where there is none. */
  readonly searchIn: string | null;
  /** Shown when there is nothing at all. */
  readonly empty: ReactNode;
  readonly bulk?: readonly BulkAct<Row>[];
  /** In place of the table where the page is narrow. */
  readonly phoneRow?: (row: Row) => ReactNode;
}

const ANY = '\u0000any';
const SORT_ICON = { asc: ArrowUp, desc: ArrowDown } as const;
const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

const SortButton = ({
  header,
  sorted,
  onClick,
}: {
  header: string;
  sorted: 'asc' | 'desc' | null;
  onClick: () => void;
}) => {
  const Icon = sorted === null ? ChevronsUpDown : SORT_ICON[sorted];
  return (
    <button
      type="button"
      onClick={onClick}
      className={cn('-mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-fg', sorted !== null && 'text-fg')}
    >
      {header}
      <Icon aria-hidden className={cn('size-3', sorted === null && 'opacity-50')} />
    </button>
  );
};

/** "Policies": "policies", one of them "policy"; "VMs" are written as they are. */
const nounOf = (label: string, count: number): string => {
  const noun = /^[A-Z]{2}/.test(label) ? label : label.toLowerCase();
  return count === 1 ? noun.replace(/ies$/, 'y').replace(/s$/, '') : noun;
};

const countText = (label: string, shown: number, total: number | null, hasMore: boolean): string => {
  if (total === null) return hasMore ? `the newest ${shown}` : `${shown} ${nounOf(label, shown)}`;
  return shown < total
    ? `${shown} of ${total.toLocaleString('en')} ${nounOf(label, total)}`
    : `${total} ${nounOf(label, total)}`;
};

/** One list for all nouns: narrowed, sorted and shown as its address says, with a CSV of what matches. */
export const ListTable = <Row extends object>(props: ListTableProps<Row>) => {
  const { label, list, source, columns, filters, rowId, rowName, searchIn, empty, bulk = [] } = props;
  const { anchor, phoneRow, rowsLabel = label } = props;
  const { spec, state, change, filter } = list;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => shownColumns(columns, state.columns), [columns, state.columns]);
  const chosen = source.rows.filter((row) => selected.has(rowId(row)));
  const isSelectable = bulk.length > 0;
  const toggle = useCallback((id: string): void => {
    setSelected((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const isEmpty = source.rows.length === 0;

  const table = (
    <Table label={label} aria-busy={source.isStale || undefined}>
      <TableHead>
        {isSelectable && (
          <TableHeader className="w-9">
            <Checkbox
              aria-label="Select all that are shown"
              checked={chosen.length === 0 ? false : chosen.length === source.rows.length ? true : 'indeterminate'}
              onCheckedChange={(on) => setSelected(on ? new Set(source.rows.map(rowId)) : new Set())}
            />
          </TableHeader>
        )}
        {shown.map(({ id, header, hideHeader, numeric, className }) => {
          const sorted = sortedAs(state.sort, id);
          return (
            <TableHeader
              key={id}
              numeric={numeric ?? false}
              aria-sort={sorted === null ? undefined : ARIA_SORT[sorted]}
              className={className}
            >
              {spec.sorts.includes(id) ? (
                <SortButton
                  header={header}
                  sorted={sorted}
                  onClick={() => change({ sort: toggledSort(state.sort, id) })}
                />
              ) : (
                <span className={hideHeader ? 'sr-only' : undefined}>{header}</span>
              )}
            </TableHeader>
          );
        })}
      </TableHead>
      <TableBody className={source.isStale ? 'opacity-60' : undefined}>
        {source.rows.map((row) => {
          const id = rowId(row);
          return (
            <ListRow
              key={id}
              id={id}
              anchor={anchor?.(row)}
              row={row}
              columns={shown}
              name={isSelectable ? rowName(row) : null}
              isSelected={selected.has(id)}
              onToggle={toggle}
            />
          );
        })}
      </TableBody>
    </Table>
  );

  const body = (): ReactNode => {
    if (source.error !== null) return <ErrorState message={source.error.message} onRetry={source.retry} />;
    if (isEmpty && !isNarrowed(state)) return empty;
    if (isEmpty) {
      return (
        <EmptyState
          icon={<SearchX />}
          title="Nothing matches"
          action={
            <Button size="sm" onClick={() => change({ q: '', filters: {} })}>
              Show all
            </Button>
          }
        >
          No row has what the search and the filters ask for.
        </EmptyState>
      );
    }
    if (phoneRow === undefined) return table;
    return (
      <>
        <div className="max-md:hidden">{table}</div>
        <ul className="md:hidden">{source.rows.map(phoneRow)}</ul>
      </>
    );
  };

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        {searchIn !== null && (
          <SearchField
            value={state.q}
            onChange={(q) => change({ q })}
            label={`Search in ${searchIn}`}
            placeholder={`${searchIn.slice(0, 1).toUpperCase()}${searchIn.slice(1)}`}
          />
        )}
        {filters.map(({ name, label: filterLabel, options }) => (
          <Select
            key={name}
            aria-label={filterLabel}
            className="w-auto min-w-28 max-w-44"
            value={state.filters[name] ?? ANY}
            onValueChange={(value) => filter(name, value === ANY ? null : value)}
            options={[
              { value: ANY, label: `Any ${filterLabel.toLowerCase()}` },
              ...withChosen(options, state.filters[name]),
            ]}
          />
        ))}
        {isNarrowed(state) && (
          <Button size="sm" variant="ghost" onClick={() => change({ q: '', filters: {} })}>
            Clear
          </Button>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-1">
          <span role="status" className="mr-1 text-fg-3 text-xs">
            {source.error === null && countText(rowsLabel, source.rows.length, source.total, source.more.hasNextPage)}
          </span>
          <SavedFilters list={list} />
          <ColumnsMenu columns={columns} chosen={state.columns} onChange={(next) => change({ columns: next })} />
          <ExportButton name={label.toLowerCase().replaceAll(' ', '-')} columns={shown} read={source.readAll} />
        </div>
      </div>
      {chosen.length > 0 && <BulkBar rows={chosen} acts={bulk} onDone={() => setSelected(new Set())} />}
      <Panel flush>
        {body()}
        <LoadMore query={source.more} />
      </Panel>
    </div>
  );
};

/** A link may name one that is not among those known here. */
const withChosen = (options: ListFilter<never>['options'], value: string | undefined) => {
  const known = options.map((option) => ({ value: option.value, label: option.label }));
  return value === undefined || known.some((option) => option.value === value)
    ? known
    : [...known, { value, label: value }];
};
