'use client';

import { useEffect, useState } from 'react';
import type { ActionResult } from '@/lib/domain/action-result';
import type { PlanView } from '@/lib/domain/contract';
import type { Preview } from './plan-preview';

/** Typing settles before the planner is asked. */
const SETTLE_MS = 250;

interface Asked {
  /** The newest answer; null before the first. */
  readonly preview: Preview;
  /** Whether it answers the request as it is now. */
  readonly isCurrent: boolean;
}

/**
 * Asks for a plan whenever the request is another; an answer that comes too late is dropped, and the one before stays in
 * sight meanwhile. `request` is JSON, so that the same request is not asked for twice; null asks for nothing. `ask` has to
 * stay the same function between renders.
 */
export const usePreview = (
  request: string | null,
  ask: (request: string) => Promise<ActionResult<PlanView>>,
): Asked => {
  const [answered, setAnswered] = useState<{ readonly request: string; readonly preview: Preview } | null>(null);
  useEffect(() => {
    if (request === null) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void ask(request).then((answer) => {
        if (!isCurrent) return;
        setAnswered({ request, preview: answer.ok ? { plan: answer.value } : { error: answer.error } });
      });
    }, SETTLE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [request, ask]);
  return { preview: answered?.preview ?? null, isCurrent: answered !== null && answered.request === request };
};
