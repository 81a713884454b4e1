'use client';

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { cn } from './cn';
import { compareAsPeopleDo } from './compare';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from './table';

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** The header is for those only who cannot see what the column is. */
  readonly hideHeader?: boolean;
  /** In words: as it stands in a CSV, and is looked for where all rows are in the browser. */
  readonly text?: (row: Row) => string | number;
  /** What is shown, where that is not its text. */
  readonly cell?: (row: Row) => ReactNode;
  /** What it is sorted by; left out where sorting makes no sense, and in a list, which sorts by its text then. */
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

type Sorted = 'asc' | 'desc';

interface Order {
  readonly id: string;
  readonly sorted: Sorted;
}

/** Ascending, then descending, then as they came. */
const nextOrder = (id: string, sorted: Sorted | null): Order | null => {
  if (sorted === 'desc') return null;
  return { id, sorted: sorted === null ? 'asc' : 'desc' };
};

const sortRows = <Row,>(
  rows: readonly Row[],
  columns: readonly DataColumn<Row>[],
  order: Order | null,
): readonly Row[] => {
  const sortBy = columns.find(({ id }) => id === order?.id)?.sortBy;
  if (order === null || sortBy === undefined) return rows;
  const direction = order.sorted === 'asc' ? 1 : -1;
  return [...rows].sort((a, b) => direction * compareAsPeopleDo(sortBy(a), sortBy(b)));
};

const SortIcon = ({ sorted }: { readonly sorted: Sorted | null }) => {
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
  const [order, setOrder] = useState<Order | null>(
    sortedBy === undefined ? null : { id: sortedBy.id, sorted: sortedBy.descending === true ? 'desc' : 'asc' },
  );
  const sortedRows = useMemo(() => sortRows(rows, columns, order), [rows, columns, order]);
  if (rows.length === 0) return <>{empty}</>;
  return (
    <Table label={label}>
      <TableHead>
        {columns.map((column) => {
          const sorted = order?.id === column.id ? order.sorted : null;
          return (
            <TableHeader
              key={column.id}
              numeric={column.numeric ?? false}
              aria-sort={sorted === null ? undefined : ARIA_SORT[sorted]}
              className={column.className}
            >
              {column.sortBy === undefined ? (
                <span className={column.hideHeader ? 'sr-only' : undefined}>{column.header}</span>
              ) : (
                <button
                  type="button"
                  onClick={() => setOrder(nextOrder(column.id, sorted))}
                  className={cn(
                    '-mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-fg',
                    sorted !== null && 'text-fg',
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
        {sortedRows.map((row) => (
          <TableRow key={rowId(row)}>
            {columns.map((column) => (
              <TableCell key={column.id} numeric={column.numeric ?? false} className={column.className}>
                {(column.cell ?? column.text)?.(row)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
