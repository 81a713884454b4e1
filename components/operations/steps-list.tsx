'use client';

import { useEffect, useState } from 'react';
import { StepStatus } from '@/components/states/states';
import { cn } from '@/components/ui/cn';
import { Time } from '@/components/ui/time';
import { formatDuration } from '@/components/ui/time-text';
import type { StepView } from '@/lib/domain/contract';
import { tookMs } from './stream-state';

const TICK_MS = 250;

/** The time, while something is under way that counts on. */
const useNow = (isTicking: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
};

const StepRow = ({ step, nowMs }: { readonly step: StepView; readonly nowMs: number }) => {
  const took = tookMs(step, nowMs);
  const isWaiting = step.state === 'waiting' || step.state === 'skipped';
  return (
    <li className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-0.5 border-b px-4 py-2 last:border-0">
      <span className={cn('min-w-0 text-sm', isWaiting ? 'text-fg-3' : 'text-fg')}>{step.title}</span>
      <span className="flex items-baseline gap-3 text-xs">
        {took !== null && <span className="text-fg-3 tabular-nums">{formatDuration(took)}</span>}
        <span className="w-20">
          <StepStatus state={step.state} />
        </span>
      </span>
      {step.detail !== null && step.detail !== '' && (
        <span className={cn('col-span-2 min-w-0 text-xs', step.state === 'failed' ? 'text-bad' : 'text-fg-2')}>
          {step.detail}
        </span>
      )}
      {step.startedAt !== null && (
        <span className="sr-only">
          Began <Time at={step.startedAt} format="full" />
        </span>
      )}
    </li>
  );
};

/** The steps in the plan's order, each with what it brought about. */
export const StepsList = ({ steps }: { readonly steps: readonly StepView[] }) => {
  const now = useNow(steps.some((step) => step.state === 'running' || step.state === 'undoing'));
  return (
    <ol aria-label="Steps">
      {steps.map((step) => (
        <StepRow key={step.id} step={step} nowMs={now} />
      ))}
    </ol>
  );
};
