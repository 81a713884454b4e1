'use client';

import { ChartLine, Table2 } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { lazily } from '@/components/ui/lazily';
import { Skeleton } from '@/components/ui/skeleton';
import type { MetricsView, PolicyView } from '@/lib/domain/contract';
import {
  type ChartKind,
  type ChartRow,
  formatValue,
  latestOf,
  placeMarks,
  rowsOf,
  type Scope,
  type Series,
  seriesOf,
  weekBeforeOf,
} from './chart-model';
import { ChartTable } from './chart-table';
import { thresholdsOf } from './thresholds';

/** The library that draws is large: pages without charts do not load it. */
const TimeSeriesChart = lazily(
  async () => (await import('./time-series-chart')).TimeSeriesChart,
  <Skeleton className="h-full" />,
);

const nowText = (series: readonly Series[], unit: string): string => {
  const values = series.flatMap((s) => latestOf(s) ?? []);
  if (values.length === 0) return 'no data';
  const [low, high] = [formatValue(Math.min(...values)), formatValue(Math.max(...values))];
  return `${low === high ? low : `${low} – ${high}`} ${unit}`.trim();
};

/** What the lines say at the crosshair. */
const readingText = (series: readonly Series[], rows: readonly ChartRow[], atMs: number, unit: string): string => {
  const row = rows.find(({ at }) => at === atMs);
  const values = series.flatMap(({ key }) => row?.[key] ?? []);
  return values.length === 0 ? 'no data' : `${values.map(formatValue).join(' · ')} ${unit}`.trim();
};

interface ChartCardProps {
  readonly kind: ChartKind;
  readonly view: MetricsView;
  readonly scope: Scope;
  /** The same stretch a week earlier; null where it is not compared. */
  readonly weekBefore: MetricsView | null;
  readonly policies: readonly PolicyView[];
  /** Where the crosshair was put by keyboard; null where it was not. */
  readonly cursorMs: number | null;
}

/** One chart with its unit and newest values; its numbers can be had as a table. */
export const ChartCard = memo(({ kind, view, scope, weekBefore, policies, cursorMs }: ChartCardProps) => {
  const [isTable, setIsTable] = useState(false);
  const fromMs = Date.parse(view.from);
  const toMs = Date.parse(view.to);
  const series = useMemo(
    () => [...seriesOf(view, kind, scope), ...(weekBefore === null ? [] : weekBeforeOf(weekBefore, kind))],
    [view, kind, scope, weekBefore],
  );
  const thresholds = useMemo(() => thresholdsOf(policies, kind), [policies, kind]);
  const rows = useMemo(() => rowsOf(view.times, series), [view.times, series]);
  const marks = useMemo(() => placeMarks(view, fromMs, toMs), [view, fromMs, toMs]);
  const now = nowText(seriesOf(view, kind, scope), kind.unit);
  return (
    <div className="min-w-0 bg-surface p-4">
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="flex items-baseline gap-1.5 font-medium text-fg text-xs">
          {kind.title}
          {kind.unit !== '' && <span className="font-normal text-fg-3">{kind.unit}</span>}
        </h3>
        <span className="flex items-center gap-1 text-fg-2 text-xs">
          {cursorMs === null ? `now ${now}` : readingText(series, rows, cursorMs, kind.unit)}
          <Button
            variant="ghost"
            size="iconSm"
            aria-pressed={isTable}
            aria-label={`${kind.title} as a table`}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
          </Button>
        </span>
      </div>
      {isTable ? (
        <ChartTable kind={kind} series={series} rows={rows} />
      ) : (
        <div role="img" aria-label={`${kind.title} over time: now ${now}`} className="h-48 [&_*]:outline-none">
          <TimeSeriesChart
            kind={kind}
            series={series}
            rows={rows}
            marks={marks}
            thresholds={thresholds}
            cursorMs={cursorMs}
            fromMs={fromMs}
            toMs={toMs}
          />
        </div>
      )}
    </div>
  );
});
ChartCard.displayName = 'ChartCard';
