'use client';

import {
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { cn } from './cn';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from './table';

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** The header is for those only who cannot see what the column is. */
  readonly hideHeader?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** What it is sorted by; left out where sorting makes no sense. */
  readonly sortBy?: (row: Row) => string | number;
  readonly numeric?: boolean;
  readonly className?: string;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Stable between renders: at module level or memoised. */
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  /** Shown in place of rows. */
  readonly empty: ReactNode;
  readonly sortedBy?: { readonly id: string; readonly descending?: boolean };
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

const SortIcon = ({ sorted }: { readonly sorted: false | 'asc' | 'desc' }) => {
  if (sorted === 'asc') return <ArrowUp aria-hidden className="size-3" />;
  if (sorted === 'desc') return <ArrowDown aria-hidden className="size-3" />;
  return <ChevronsUpDown aria-hidden className="size-3 opacity-50" />;
};

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

/** A table whose rows are all in the browser, sorted by a click on a column's name. */
export const DataTable = <Row extends object>({
  label,
  rows,
  columns,
  rowId,
  empty,
  sortedBy,
}: DataTableProps<Row>) => {
  const data = useMemo(() => [...rows], [rows]);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: column.sortBy ?? (() => ''),
        enableSorting: column.sortBy !== undefined,
        sortFn: 'alphanumeric' as const,
        sortDescFirst: false,
      })),
    [columns],
  );
  const initial: SortingState = sortedBy === undefined ? [] : [{ id: sortedBy.id, desc: sortedBy.descending ?? false }];
  const table = useTable({ features, data, columns: definitions, getRowId: rowId, initialState: { sorting: initial } });
  if (rows.length === 0) return <>{empty}</>;
  return (
    <Table label={label}>
      <TableHead>
        {columns.map((column) => {
          const state = table.getColumn(column.id);
          const sorted = state?.getIsSorted() ?? false;
          return (
            <TableHeader
              key={column.id}
              numeric={column.numeric ?? false}
              aria-sort={sorted === false ? undefined : ARIA_SORT[sorted]}
              className={column.className}
            >
              {column.sortBy === undefined ? (
                <span className={column.hideHeader ? 'sr-only' : undefined}>{column.header}</span>
              ) : (
                <button
                  type="button"
                  onClick={() => state?.toggleSorting()}
                  className={cn(
                    '-mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-fg',
                    sorted && 'text-fg',
                  )}
                >
                  {column.header}
                  <SortIcon sorted={sorted} />
                </button>
              )}
            </TableHeader>
          );
        })}
      </TableHead>
      <TableBody>
        {table.getRowModel().rows.map((row) => (
          <TableRow key={row.id}>
            {columns.map((column) => (
              <TableCell key={column.id} numeric={column.numeric ?? false} className={column.className}>
                {column.cell(row.original)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
