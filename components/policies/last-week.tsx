'use client';

import { useMemo } from 'react';
import { SeriesChart } from '@/components/charts/series-chart';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import type { BacktestView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import type { PolicyInput, PolicyRule } from '@/lib/domain/policy/schema';
import { describeSizeChange } from '@/lib/domain/policy/size';
import { actionMarks, figuresOf, sizeSeries, valueSeries } from './backtest-model';
import { chartKindOf, replayedMetric } from './metric-kind';
import type { TryOut } from './policy-actions';
import { useTryOut } from './use-try-out';

const COUNT_KIND = { unit: '', leastMax: 2, mostMax: Number.POSITIVE_INFINITY } as const;
const CHANGES_SHOWN = 3;

const Replayed = ({ view, rule }: { readonly view: BacktestView; readonly rule: PolicyRule }) => {
  const kind = chartKindOf(replayedMetric(rule));
  const replayed = useMemo(() => [{ name: 'this policy', view }], [view]);
  const values = useMemo(() => valueSeries(replayed, kind.factor), [replayed, kind]);
  const sizes = useMemo(() => sizeSeries(replayed), [replayed]);
  const marks = useMemo(() => actionMarks(view), [view]);
  const { times } = view.series;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm">
        {view.actions.length === 0
          ? 'It would have changed nothing.'
          : `It would have made ${counted(view.actions.length, 'change')}.`}{' '}
        <span className="text-fg-3 text-xs">
          Measured since <Time at={view.from} format="full" />
        </span>
      </p>
      <SeriesChart label={`${kind.title} last week`} kind={kind} times={times} series={values} marks={marks} />
      <SeriesChart label="Size last week" kind={COUNT_KIND} times={times} series={sizes} />
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-xs">
        {figuresOf(view).map(([figure, value]) => (
          <div key={figure} className="contents">
            <dt className="text-fg-3">{figure}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {view.actions.length > 0 && (
        <ol className="flex flex-col divide-y text-xs" aria-label="First changes">
          {view.actions.slice(0, CHANGES_SHOWN).map(({ at, from, to }) => (
            <li key={at} className="flex flex-wrap justify-between gap-x-3 py-1.5">
              <span className="font-medium">{describeSizeChange(from, to)}</span>
              <span className="text-fg-2">
                <Time at={at} format="full" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
};

interface LastWeekProps {
  /** Null while it is not complete. */
  readonly input: PolicyInput | null;
  readonly tryOut: TryOut;
}

/** What a policy that is being written would have done in the last week; follows what is typed. */
export const LastWeek = ({ input, tryOut }: LastWeekProps) => {
  const { answer, isCurrent } = useTryOut(input, tryOut);
  const isWaiting = input !== null && !isCurrent;
  return (
    <div
      aria-live="polite"
      aria-busy={isWaiting}
      className={cn('transition-opacity motion-reduce:transition-none', isWaiting && answer !== null && 'opacity-60')}
    >
      {input === null && answer === null && (
        <p className="text-fg-3 text-sm">Complete the rule, and last week is replayed here.</p>
      )}
      {isWaiting && answer === null && (
        <div role="status" aria-label="Replaying last week" className="flex flex-col gap-2">
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </div>
      )}
      {answer?.result.ok === false && <p className="text-fg-2 text-sm">{answer.result.error.message}</p>}
      {answer?.result.ok && <Replayed view={answer.result.value} rule={answer.rule} />}
    </div>
  );
};
