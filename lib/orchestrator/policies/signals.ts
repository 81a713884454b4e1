import type { MetricName } from '@/lib/domain/contract';
import { lookBackMs, signalFor } from '@/lib/domain/policy/evaluate';
import { type MetricScope, STALE_AFTER_MS } from '@/lib/domain/policy/schema';
import type { Signal } from '@/lib/domain/policy/signal';
import { byCluster } from '@/lib/usecases/policies/by-cluster';
import type { ClusterFacts } from '@/lib/usecases/policies/observe';
import { readSeries } from '@/lib/usecases/policies/series';
import { rulesOf } from '@/lib/usecases/policies/stored';
import type { PolicyRow } from '@/lib/usecases/policies/view';
import { forEachBounded, type OrchestratorContext } from '../context';
import { queryRange } from './prometheus';

const QUERIES_AT_ONCE = 8;

interface Point {
  readonly atMs: number;
  readonly value: number | null;
}

/** What was measured at another size says nothing about the present one: only what came after the last change counts. */
const sumUp = (
  policy: PolicyRow,
  points: readonly Point[],
  facts: ClusterFacts | undefined,
  nowMs: number,
): Signal | null => {
  const tracker = signalFor(rulesOf(policy), STALE_AFTER_MS);
  const sinceMs = facts?.state.lastChangeMs ?? 0;
  for (const { atMs, value } of points) if (atMs >= sinceMs) tracker?.push(atMs, value);
  return tracker?.read(nowMs) ?? null;
};

interface Group {
  readonly metric: MetricName;
  readonly of: MetricScope;
  readonly policies: PolicyRow[];
}

/** Policies that look at the same figure, so that it is read once for all of them. */
const groupByFigure = (policies: readonly PolicyRow[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const policy of policies) {
    const { rule } = rulesOf(policy);
    if (rule.kind !== 'threshold' && rule.kind !== 'target') continue;
    const key = `${rule.metric} ${rule.of}`;
    const group = groups.get(key) ?? { metric: rule.metric, of: rule.of, policies: [] };
    groups.set(key, group);
    group.policies.push(policy);
  }
  return [...groups.values()];
};

/** The signals of all policies that look at a metric, by policy id: one statement per figure, one request per query. */
export const readSignals = async (
  context: OrchestratorContext,
  policies: readonly PolicyRow[],
  facts: ReadonlyMap<string, ClusterFacts>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Signal>> => {
  const now = context.clock.now();
  const nowMs = now.getTime();
  const found = new Map<string, Signal>();
  const keep = (policy: PolicyRow, points: readonly Point[]): void => {
    const summed = sumUp(policy, points, facts.get(policy.clusterId), nowMs);
    if (summed !== null) found.set(policy.id, summed);
  };
  for (const { metric, of, policies: group } of groupByFigure(policies)) {
    const backMs = Math.max(...group.map((policy) => lookBackMs(rulesOf(policy)))) + STALE_AFTER_MS;
    const clusterIds = [...new Set(group.map((policy) => policy.clusterId))];
    // The sample of this very moment belongs to it.
    const to = new Date(nowMs + 1);
    const series = byCluster(
      await readSeries(context.db, { clusterIds, metric, of, from: new Date(nowMs - backMs), to }),
    );
    for (const policy of group) keep(policy, series.get(policy.clusterId) ?? []);
  }
  await forEachBounded(policies, QUERIES_AT_ONCE, async (policy) => {
    const rules = rulesOf(policy);
    if (rules.rule.kind !== 'query') return;
    try {
      const fromMs = nowMs - lookBackMs(rules) - STALE_AFTER_MS;
      keep(policy, await queryRange(rules.rule, fromMs, nowMs, signal));
    } catch (error) {
      // Without an answer there is no data, and so no action.
      context.say('query not answered', { policy: policy.name, error: String(error) });
    }
  });
  return found;
};
