'use client';

import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useZone } from '@/components/ui/zone';
import { axisMax, type ChartKind, type ChartRow, formatTick, formatValue, type Mark, type Series } from './chart-model';
import type { Threshold } from './thresholds';
import { momentTexts, tickText, timeTicks } from './time-axis';

interface TimeSeriesChartProps {
  readonly kind: ChartKind;
  readonly series: readonly Series[];
  readonly rows: readonly ChartRow[];
  readonly marks: readonly Mark[];
  readonly thresholds?: readonly Threshold[];
  /** Where the crosshair was put by keyboard; null where it was not. */
  readonly cursorMs?: number | null;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Charts with the same id show the crosshair at the same time. */
const SYNC_ID = 'cluster';
const TEXT = { fontSize: 11, fill: 'var(--c-fg-3)' };
const LABEL_LINE_PX = 12;
/** Room above the lines for the labels of marks. */
const MARK_AREA_PX = 30;
const PLAIN_TOP_PX = 8;

const colour = (slot: number): string => `var(--c-chart-${slot})`;

interface ReadingsProps {
  readonly active?: boolean;
  readonly label?: string | number;
  readonly series: readonly Series[];
  readonly rows: readonly ChartRow[];
  readonly unit: string;
  readonly zone: string | undefined;
}

/** What every line says at the crosshair; a line without a value there is not named. */
const Readings = ({ active, label, series, rows, unit, zone }: ReadingsProps) => {
  const row = active ? rows.find(({ at }) => at === label) : undefined;
  if (row === undefined) return null;
  const known = series.flatMap((s) => {
    const value = row[s.key] ?? null;
    return value === null ? [] : [{ ...s, value }];
  });
  const { zoned, utc } = momentTexts(row.at, zone);
  return (
    <div className="rounded-md bg-raised px-2.5 py-1.5 text-xs shadow-pop">
      <p className="text-fg-2">{zoned}</p>
      <p className="mb-1 text-fg-3">{utc}</p>
      {known.length === 0 && <p className="text-fg-2">no data</p>}
      {known.map((s) => (
        <p key={s.key} className="flex items-center gap-2">
          <span aria-hidden className="h-0.5 w-3 rounded-full" style={{ background: colour(s.colour) }} />
          <span className="grow text-fg-2">{s.label}</span>
          <span className="tabular-nums">
            {formatValue(s.value)} {unit}
          </span>
        </p>
      ))}
    </div>
  );
};

interface MarkLabelProps {
  readonly viewBox?: { readonly x?: number };
  readonly mark: Mark;
}

const MarkLabel = ({ viewBox, mark }: MarkLabelProps) => {
  if (mark.row === null) return null;
  return (
    <text
      x={(viewBox?.x ?? 0) + (mark.isLeft ? -4 : 4)}
      y={LABEL_LINE_PX - 2 + mark.row * LABEL_LINE_PX}
      textAnchor={mark.isLeft ? 'end' : 'start'}
      fontSize={10}
      fill="var(--c-fg-2)"
    >
      {mark.label}
    </text>
  );
};

/** Lines over time, interrupted where nothing was measured, with the moments of operations upon them. */
export const TimeSeriesChart = memo((props: TimeSeriesChartProps) => {
  const { kind, series, rows, marks, thresholds = [], cursorMs = null, fromMs, toMs } = props;
  const zone = useZone();
  // Another array would have the library reckon everything anew.
  const data = useMemo(() => [...rows], [rows]);
  const ticks = useMemo(() => [...timeTicks(fromMs, toMs, zone)], [fromMs, toMs, zone]);
  const max = axisMax(
    kind,
    series,
    thresholds.map(({ value }) => value),
  );
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={data}
        syncId={SYNC_ID}
        margin={{ top: marks.length > 0 ? MARK_AREA_PX : PLAIN_TOP_PX, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--c-line)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={[fromMs, toMs]}
          ticks={ticks}
          tickFormatter={(at: number) => tickText(at, toMs - fromMs, zone)}
          tick={TEXT}
          tickLine={false}
          axisLine={{ stroke: 'var(--c-line-strong)' }}
        />
        <YAxis
          domain={[0, max]}
          ticks={[0, max / 2, max]}
          tickFormatter={formatTick}
          tick={TEXT}
          tickLine={false}
          axisLine={false}
          width={36}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--c-fg-3)', strokeWidth: 1 }}
          content={({ active, label }) => (
            <Readings
              active={active}
              series={series}
              rows={rows}
              unit={kind.unit}
              zone={zone}
              {...(label === undefined ? {} : { label })}
            />
          )}
        />
        {thresholds.map(({ key, value, label }) => (
          <ReferenceLine
            key={key}
            y={value}
            stroke="var(--c-warn-dot)"
            strokeDasharray="6 3"
            label={{ value: label, position: 'insideBottomLeft', fontSize: 10, fill: 'var(--c-warn)' }}
          />
        ))}
        {cursorMs !== null && <ReferenceLine x={cursorMs} stroke="var(--c-fg)" strokeWidth={1} />}
        {marks.map((mark) => (
          <ReferenceLine
            key={mark.key}
            x={mark.atMs}
            stroke={mark.kind === 'decision' ? 'var(--c-accent)' : 'var(--c-fg-3)'}
            strokeDasharray="3 3"
            label={<MarkLabel mark={mark} />}
          />
        ))}
        {series.map((s) => (
          <Line
            key={s.key}
            dataKey={s.key}
            name={s.label}
            type="linear"
            stroke={colour(s.colour)}
            strokeWidth={1.5}
            {...(s.isDashed ? { strokeDasharray: '4 3' } : {})}
            dot={false}
            activeDot={{ r: 2.5, strokeWidth: 0 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
});
TimeSeriesChart.displayName = 'TimeSeriesChart';
