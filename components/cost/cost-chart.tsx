'use client';

import { useMemo } from 'react';
import { lazily } from '@/components/ui/lazily';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { CostsView } from '@/lib/domain/contract';
import { barsOf } from './cost-bars';
import { formatMoney, formatMonth } from './money-text';

const StackedChart = lazily(
  async () => (await import('./stacked-chart')).StackedChart,
  <Skeleton className="h-full" />,
);

/** The numbers behind it, every group by itself. */
const PerDay = ({ view }: { readonly view: CostsView }) => (
  <details className="text-xs print:hidden">
    <summary className="cursor-pointer rounded-sm text-fg-3 hover:text-fg">As a table</summary>
    <div className="mt-2 max-h-80 overflow-y-auto rounded-md border">
      <Table label={`Cost per day in ${formatMonth(view.month)}, ${view.currency}`} className="text-xs">
        <TableHead>
          <TableHeader>Day (UTC)</TableHeader>
          {view.groups.map(({ key, label }) => (
            <TableHeader key={key} numeric>
              {label}
            </TableHeader>
          ))}
        </TableHead>
        <TableBody>
          {view.days.map((day, d) => (
            <TableRow key={day}>
              <TableCell className="h-7 whitespace-nowrap">{day}</TableCell>
              {view.groups.map(({ key, perDay }) => (
                <TableCell key={key} numeric className="h-7">
                  {Number(perDay[d] ?? 0).toFixed(2)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  </details>
);

/** A month's cost over its days. */
export const CostChart = ({ view }: { readonly view: CostsView }) => {
  const { bars, rows } = useMemo(() => barsOf(view), [view]);
  return (
    <div className="flex flex-col gap-3">
      <div
        role="img"
        aria-label={`Cost per day in ${formatMonth(view.month)}: ${formatMoney(view.total, view.currency)} in all`}
        className="h-64 [&_*]:outline-none"
      >
        <StackedChart bars={bars} rows={rows} currency={view.currency} />
      </div>
      <ul aria-label="Groups" className="flex flex-wrap gap-x-4 gap-y-1 text-fg-2 text-xs">
        {bars.map(({ key, label, colour }) => (
          <li key={key} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-xs" style={{ background: `var(--c-chart-${colour})` }} />
            {label}
          </li>
        ))}
      </ul>
      <PerDay view={view} />
    </div>
  );
};
