'use client';

import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { Skeleton } from '@/components/ui/skeleton';
import type { CostsView } from '@/lib/domain/contract';
import { barsOf } from './cost-bars';
import { formatMoney, formatMonth } from './money-text';

const StackedChart = dynamic(() => import('./stacked-chart').then((module) => module.StackedChart), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** A month's cost over its days; the numbers stand in the table below it. */
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
    </div>
  );
};
