'use client';

import { useEffect, useState } from 'react';
import type { ActionResult } from '@/lib/domain/action-result';
import type { PlanView } from '@/lib/domain/contract';
import type { Preview } from './plan-preview';

/** Typing settles before the planner is asked. */
const SETTLE_MS = 250;

/**
 * Asks for a plan whenever the request is another; only the answer to the latest is shown. `request` is JSON, so that the
 * same request is not asked for twice; null asks for nothing.
 */
export const usePreview = (
  request: string | null,
  ask: (request: string) => Promise<ActionResult<PlanView>>,
): Preview => {
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
  return answered !== null && answered.request === request ? answered.preview : null;
};
