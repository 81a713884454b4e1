import type { Decision, Hold } from './decision';
import { type Observation, objectsTo, type PreparedPolicy } from './evaluate';
import type { PolicyMode } from './schema';
import { directionOf, type Size } from './size';

/** One policy of a cluster with what it decided by itself. */
export interface Evaluated {
  readonly name: string;
  readonly mode: PolicyMode;
  readonly policy: PreparedPolicy;
  readonly observation: Observation;
  readonly decision: Decision;
}

const hold = (decision: Decision, why: Hold): Decision => ({
  ...decision,
  outcome: 'none',
  to: decision.from,
  hold: why,
});

const isLarger = (a: Size, b: Size): boolean => directionOf(b, a) === 'up';

const largest = (of: readonly Evaluated[]): Evaluated | undefined =>
  of.reduce<Evaluated | undefined>(
    (best, one) => (best === undefined || isLarger(one.decision.to, best.decision.to) ? one : best),
    undefined,
  );

const opponentOf = (one: Evaluated, others: readonly Evaluated[], nowMs: number): string | null => {
  const opponent = others.find(
    ({ policy, observation, decision }) =>
      decision.outcome === 'grow' || objectsTo(policy, observation, nowMs, one.decision.to),
  );
  return opponent?.name ?? null;
};

/**
 * Settles what several policies of one cluster decided: at most one automatic change is left. Who wants most grows it;
 * it shrinks only when nobody objects. Policies that only observe take no part.
 */
export const settle = (evaluated: readonly Evaluated[], nowMs: number): readonly Decision[] => {
  const active = evaluated.filter(({ mode }) => mode !== 'observe');
  const first = (outcome: Decision['outcome']) =>
    largest(active.filter(({ mode, decision }) => mode === 'automatic' && decision.outcome === outcome));
  const winner = first('grow') ?? first('shrink');
  return evaluated.map((one) => {
    const { decision, mode } = one;
    if (decision.outcome === 'none' || mode === 'observe') return decision;
    if (decision.outcome === 'shrink') {
      const opponent = opponentOf(
        one,
        active.filter((other) => other !== one),
        nowMs,
      );
      if (opponent !== null) return hold(decision, { code: 'other-policy', policy: opponent });
    }
    const isBeaten = mode === 'automatic' && winner !== undefined && winner !== one;
    return isBeaten ? hold(decision, { code: 'other-policy', policy: winner.name }) : decision;
  });
};
