'use client';

import { memo } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { TableCell, TableRow } from '@/components/ui/table';
import type { ListColumn } from './list-rows';

interface ListRowProps<Row> {
  readonly id: string;
  /** What an address points at it by. */
  readonly anchor: string | undefined;
  readonly row: Row;
  readonly columns: readonly ListColumn<Row>[];
  /** What it is called where it is selected; null where it cannot be. */
  readonly name: string | null;
  readonly isSelected: boolean;
  readonly onToggle: (id: string) => void;
}

const DrawnRow = <Row,>({ id, anchor, row, columns, name, isSelected, onToggle }: ListRowProps<Row>) => (
  <TableRow
    id={anchor}
    data-selected={isSelected || undefined}
    className="scroll-mt-24 target:bg-subtle data-selected:bg-accent-soft/50"
  >
    {name !== null && (
      <TableCell>
        <Checkbox aria-label={`Select ${name}`} checked={isSelected} onCheckedChange={() => onToggle(id)} />
      </TableCell>
    )}
    {columns.map(({ id: column, cell, text, numeric, className }) => (
      <TableCell key={column} numeric={numeric ?? false} className={className}>
        {(cell ?? text)?.(row)}
      </TableCell>
    ))}
  </TableRow>
);

/** Drawn again only when it is another: what is pressed above the rows is answered without them. */
export const ListRow = memo(DrawnRow) as typeof DrawnRow;
