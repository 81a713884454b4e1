'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { BarRow, Bar as Group } from './cost-bars';

interface StackedChartProps {
  readonly bars: readonly Group[];
  readonly rows: readonly BarRow[];
  readonly currency: string;
}

const TEXT = { fontSize: 11, fill: 'var(--c-fg-3)' };

interface ReadingsProps extends StackedChartProps {
  readonly active?: boolean;
  readonly label?: string | number;
}

const Readings = ({ active, label, bars, rows, currency }: ReadingsProps) => {
  const row = active ? rows.find(({ day }) => day === label) : undefined;
  if (row === undefined) return null;
  return (
    <div className="rounded-md bg-raised px-2.5 py-1.5 text-xs shadow-pop">
      <p className="text-fg-3">{row.day}</p>
      {bars.map(({ key, label: name, colour }) => (
        <p key={key} className="flex items-center gap-2">
          <span aria-hidden className="size-2 rounded-xs" style={{ background: `var(--c-chart-${colour})` }} />
          <span className="grow text-fg-2">{name}</span>
          <span className="tabular-nums">
            {Number(row[key] ?? 0).toFixed(2)} {currency}
          </span>
        </p>
      ))}
    </div>
  );
};

/** Cost per day, the groups upon one another. */
export const StackedChart = ({ bars, rows, currency }: StackedChartProps) => (
  <ResponsiveContainer width="100%" height="100%">
    <BarChart data={[...rows]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--c-line)" />
      <XAxis
        dataKey="day"
        tickFormatter={(day: string) => String(Number(day.slice(8)))}
        tick={TEXT}
        tickLine={false}
        axisLine={{ stroke: 'var(--c-line-strong)' }}
      />
      <YAxis
        tickFormatter={(amount: number) =>
          Number(amount.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 6 })
        }
        tick={TEXT}
        tickLine={false}
        axisLine={false}
        width={60}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--c-fg-3)', fillOpacity: 0.08 }}
        content={({ active, label }) => (
          <Readings
            active={active}
            bars={bars}
            rows={rows}
            currency={currency}
            {...(label === undefined ? {} : { label })}
          />
        )}
      />
      {bars.map(({ key, label, colour }) => (
        <Bar
          key={key}
          dataKey={key}
          name={label}
          stackId="cost"
          fill={`var(--c-chart-${colour})`}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  </ResponsiveContainer>
);
