'use client';

import { useMemo } from 'react';
import { lazily } from '@/components/ui/lazily';
import { Skeleton } from '@/components/ui/skeleton';
import { type ChartKind, type Mark, rowsOf, type Series } from './chart-model';
import { ChartTable } from './chart-table';

/** The library that draws is large: pages without charts do not load it. */
const TimeSeriesChart = lazily(
  async () => (await import('./time-series-chart')).TimeSeriesChart,
  <Skeleton className="h-full" />,
);

interface SeriesChartProps {
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  readonly kind: Pick<ChartKind, 'unit' | 'leastMax' | 'mostMax'>;
  readonly times: readonly number[];
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
}

const NO_MARKS: readonly Mark[] = [];

/** Lines over their own time, with a legend, and their numbers behind them. */
export const SeriesChart = ({ label, kind, times, series, marks = NO_MARKS }: SeriesChartProps) => {
  const rows = useMemo(() => rowsOf(times, series), [times, series]);
  const whole: ChartKind = useMemo(() => ({ id: label, title: label, metrics: [], factor: 1, ...kind }), [label, kind]);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex flex-wrap gap-x-4 gap-y-1 text-fg-2 text-xs">
        {series.map(({ key, label: name, colour }) => (
          <span key={key} className="flex items-center gap-1.5">
            <span aria-hidden className="h-0.5 w-3.5 rounded-full" style={{ background: `var(--c-chart-${colour})` }} />
            {name}
          </span>
        ))}
      </figcaption>
      <div role="img" aria-label={label} className="h-48 [&_*]:outline-none">
        <TimeSeriesChart
          kind={whole}
          series={series}
          rows={rows}
          marks={marks}
          fromMs={times[0] ?? 0}
          toMs={times.at(-1) ?? 0}
        />
      </div>
      <details className="mt-1 text-xs print:hidden">
        <summary className="cursor-pointer rounded-sm text-fg-3 hover:text-fg">As a table</summary>
        <div className="mt-2">
          <ChartTable kind={whole} series={series} rows={rows} />
        </div>
      </details>
    </figure>
  );
};
