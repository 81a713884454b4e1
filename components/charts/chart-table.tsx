import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { zonedText } from '@/components/ui/time-text';
import { type ChartKind, type ChartRow, formatValue, type Series } from './chart-model';

interface ChartTableProps {
  readonly kind: ChartKind;
  readonly series: readonly Series[];
  readonly rows: readonly ChartRow[];
}

/** The numbers behind a chart, newest first. */
export const ChartTable = ({ kind, series, rows }: ChartTableProps) => (
  <section
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    tabIndex={0}
    aria-label={`${kind.title} as a table`}
    className="h-48 overflow-y-auto rounded-md border"
  >
    <Table label={`${kind.title}${kind.unit === '' ? '' : `, ${kind.unit}`}`} className="text-xs">
      <TableHead>
        <TableHeader>Time</TableHeader>
        {series.map((s) => (
          <TableHeader key={s.key} numeric>
            {s.label}
          </TableHeader>
        ))}
      </TableHead>
      <TableBody>
        {rows.toReversed().map((row) => (
          <TableRow key={row.at}>
            <TableCell className="h-7 whitespace-nowrap">{zonedText(new Date(row.at), 'clock')}</TableCell>
            {series.map((s) => {
              const value = row[s.key] ?? null;
              return (
                <TableCell key={s.key} numeric className="h-7">
                  {value === null ? <span className="text-fg-3">–</span> : formatValue(value)}
                </TableCell>
              );
            })}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </section>
);
