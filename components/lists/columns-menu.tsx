'use client';

import { Columns3 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { type ListColumn, shownColumns } from './list-rows';

interface ColumnsMenuProps<Row> {
  readonly columns: readonly ListColumn<Row>[];
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: readonly string[] | null) => void;
}

/** The first column says which row it is: it cannot be taken away. */
export const ColumnsMenu = <Row,>({ columns, chosen, onChange }: ColumnsMenuProps<Row>) => {
  const named = columns.filter(({ hideHeader }) => hideHeader !== true);
  const shown = new Set(shownColumns(named, chosen).map(({ id }) => id));
  const toggle = (id: string): void =>
    onChange(named.map((column) => column.id).filter((other) => (other === id ? !shown.has(id) : shown.has(other))));
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="sm">
          <Columns3 aria-hidden /> Columns
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {named.map(({ id, header }, i) => (
          <DropdownMenuCheckboxItem
            key={id}
            checked={shown.has(id)}
            disabled={i === 0}
            onCheckedChange={() => toggle(id)}
            onSelect={(event) => event.preventDefault()}
          >
            {header}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem disabled={chosen === null} onSelect={() => onChange(null)}>
          As they were
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
};
