'use client';

import { useEffect, useState } from 'react';
import { formatDuration } from '@/components/ui/time-text';
import type { OperationView, StepView } from '@/lib/domain/contract';
import { type TimedStep, timeLeftMs } from '@/lib/domain/execution/time-left';

const TICK_MS = 1_000;

const STATE: Readonly<Record<StepView['state'], TimedStep['state']>> = {
  waiting: 'open',
  failed: 'open',
  running: 'running',
  undoing: 'running',
  done: 'closed',
  undone: 'closed',
  skipped: 'closed',
};

/** Milliseconds left if its steps take what such steps took before; null where nothing is known, or it goes back. */
export const leftOf = (operation: OperationView, nowMs: number): number | null => {
  if (operation.state !== 'pending' && operation.state !== 'running') return null;
  const after = new Map(operation.plan.steps.map((step) => [step.id, step.after]));
  const steps = operation.steps.map(({ id, kind, state, startedAt }) => ({
    id,
    kind,
    state: STATE[state],
    after: after.get(id) ?? [],
    startedAtMs: startedAt === null ? null : Date.parse(startedAt),
  }));
  return timeLeftMs(steps, operation.typicalStepMs, nowMs);
};

/** How long it will go on, as past operations went. */
export const TimeLeft = ({ operation }: { readonly operation: OperationView }) => {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const left = now === null ? null : leftOf(operation, now);
  if (left === null) return null;
  return (
    <span title="If every step takes what such steps took in past operations">
      {left < TICK_MS ? 'a moment left' : `about ${formatDuration(Math.ceil(left / 1_000) * 1_000)} left`}
    </span>
  );
};
