import type { PolicyRule } from '@/lib/domain/policy/schema';
import { readSeries, type SeriesQuery } from '@/lib/usecases/policies/series';
import { rulesOf } from '@/lib/usecases/policies/stored';
import type { PolicyRow } from '@/lib/usecases/policies/view';
import type { Evidence } from '@/lib/usecases/recommendations/view';
import type { OrchestratorContext } from '../context';
import { queryRange } from './prometheus';

/** What is shown of the time before a policy asked. */
const EVIDENCE_MS = 30 * 60_000;
const BIN_MS = 10_000;

/** The stored metric that speaks for a rule; null where none does. */
const figureOf = (rule: PolicyRule): Pick<SeriesQuery, 'metric' | 'of'> | null => {
  switch (rule.kind) {
    case 'threshold':
    case 'target':
      return { metric: rule.metric, of: rule.of };
    case 'predictive':
      return { metric: rule.metric, of: 'cluster' };
    case 'rightsizing':
      return { metric: 'cpu', of: 'cluster' };
    case 'calendar':
    case 'query':
      return null;
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

/** The line that was passed, in the unit of the values; null where there is none. */
const limitOf = (rule: PolicyRule): number | null => {
  if (rule.kind === 'threshold' || rule.kind === 'query') return rule.up?.above ?? null;
  return rule.kind === 'target' ? rule.value : null;
};

/** What was measured before a policy asks, for the chart beside its question. A query is asked its server once more. */
export const evidenceFor = async (
  { db, clock }: Pick<OrchestratorContext, 'db' | 'clock'>,
  policy: PolicyRow,
): Promise<Evidence | null> => {
  const { rule } = rulesOf(policy);
  const toMs = clock.now().getTime();
  const fromMs = toMs - EVIDENCE_MS;
  const limit = limitOf(rule);
  if (rule.kind === 'query') {
    const points = await queryRange(rule, fromMs, toMs, new AbortController().signal).catch(() => []);
    if (points.length === 0) return null;
    return { metric: 'query', times: points.map(({ atMs }) => atMs), values: points.map(({ value }) => value), limit };
  }
  const figure = figureOf(rule);
  if (figure === null) return null;
  const points = await readSeries(db, {
    clusterIds: [policy.clusterId],
    ...figure,
    from: new Date(fromMs),
    to: new Date(toMs + 1),
    binMs: BIN_MS,
  });
  return {
    metric: figure.metric,
    times: points.map(({ atMs }) => atMs),
    values: points.map(({ value }) => value),
    limit,
  };
};
