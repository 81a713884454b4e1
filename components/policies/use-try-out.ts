import { useEffect, useState } from 'react';
import type { ActionResult } from '@/lib/domain/action-result';
import type { BacktestRulesInput, BacktestView } from '@/lib/domain/contract';
import type { PolicyInput, PolicyRule } from '@/lib/domain/policy/schema';
import type { TryOut } from './policy-actions';

/** Typing settles before a week is replayed. */
const SETTLE_MS = 700;
const WEEK_MS = 7 * 86_400_000;

interface Answer {
  readonly result: ActionResult<BacktestView>;
  /** What was replayed. */
  readonly rule: PolicyRule;
}

interface Tried {
  /** The newest answer; null before the first. */
  readonly answer: Answer | null;
  /** Whether it is of the policy as it is now. */
  readonly isCurrent: boolean;
}

/** Replays a policy that is being written over the last week, whenever it is another; late answers are dropped. */
export const useTryOut = (input: PolicyInput | null, tryOut: TryOut): Tried => {
  const request =
    input === null ? null : JSON.stringify({ cluster: input.cluster, rule: input.rule, bounds: input.bounds });
  const [answered, setAnswered] = useState<{ readonly request: string; readonly answer: Answer } | null>(null);
  useEffect(() => {
    if (request === null) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      const from = new Date(Date.now() - WEEK_MS).toISOString();
      const asked: BacktestRulesInput = { ...JSON.parse(request), from };
      void tryOut(asked).then((result) => {
        if (isCurrent) setAnswered({ request, answer: { result, rule: asked.rule } });
      });
    }, SETTLE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [request, tryOut]);
  return { answer: answered?.answer ?? null, isCurrent: answered !== null && answered.request === request };
};
