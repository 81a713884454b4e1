import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { type ChartKind, type ChartRow, formatValue, type Series } from './chart-model';
import { Moment } from './moment';

interface ChartTableProps {
  readonly kind: ChartKind;
  readonly series: readonly Series[];
  readonly rows: readonly ChartRow[];
}

const DAY_MS = 86_400_000;

/** The numbers behind a chart, newest first. */
export const ChartTable = ({ kind, series, rows }: ChartTableProps) => {
  const isLong = (rows.at(-1)?.at ?? 0) - (rows[0]?.at ?? 0) >= DAY_MS;
  return (
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
              <TableCell className="h-7 whitespace-nowrap">
                <Moment ms={row.at} format={isLong ? 'full' : 'clock'} />
              </TableCell>
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
};
