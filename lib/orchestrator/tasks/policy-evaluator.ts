import { type Evaluated, settle } from '@/lib/domain/policy/combine';
import { decide, type PreparedPolicy, preparePolicy } from '@/lib/domain/policy/evaluate';
import { explain } from '@/lib/domain/policy/explain';
import { byCluster } from '@/lib/usecases/policies/by-cluster';
import { type ClusterFacts, loadClusterFacts, loadEnabledPolicies } from '@/lib/usecases/policies/observe';
import { loadSizePrices } from '@/lib/usecases/policies/prices';
import {
  type EvaluationRecord,
  recordEvaluations,
  removeEvaluationsBefore,
} from '@/lib/usecases/policies/record-evaluations';
import { removeOrphanedPolicies } from '@/lib/usecases/policies/remove-orphans';
import { rulesOf } from '@/lib/usecases/policies/stored';
import type { PolicyRow } from '@/lib/usecases/policies/view';
import { asSystem, type OrchestratorContext } from '../context';
import { act } from '../policies/act';
import { forecastsOf, usagesOf } from '../policies/histories';
import { readSignals } from '../policies/signals';
import type { Task } from '../task';

export const EVALUATE_EVERY_MS = 10_000;
const KEEP_MS = 14 * 86_400_000;
const REMOVE_EVERY_MS = 3_600_000;

interface Considered extends Evaluated {
  readonly row: PolicyRow;
}

/** Policies made ready once per revision: a calendar remembers its reading until that may change. */
class Prepared {
  readonly #kept = new Map<string, { readonly revision: number; readonly policy: PreparedPolicy }>();

  get(row: PolicyRow): PreparedPolicy {
    const known = this.#kept.get(row.id);
    if (known?.revision === row.revision) return known.policy;
    const policy = preparePolicy(rulesOf(row));
    this.#kept.set(row.id, { revision: row.revision, policy });
    return policy;
  }

  keepOnly(rows: readonly PolicyRow[]): void {
    const ids = new Set(rows.map((row) => row.id));
    for (const id of this.#kept.keys()) if (!ids.has(id)) this.#kept.delete(id);
  }
}

/**
 * Compares what is measured with every policy that is switched on, and does what comes of it: changes the size in the
 * policy's name, asks for approval, or only writes down. Every evaluation is kept with its values and its reason.
 */
export const policyEvaluator = (context: OrchestratorContext): Task => {
  const prepared = new Prepared();
  const forecasts = forecastsOf(context);
  const usages = usagesOf(context);
  let removedAtMs = 0;

  const consider = async (
    rows: readonly PolicyRow[],
    facts: ReadonlyMap<string, ClusterFacts>,
    signal: AbortSignal,
  ) => {
    const nowMs = context.clock.now().getTime();
    const signals = await readSignals(context, rows, facts, signal);
    const predicted = await forecasts.read(rows);
    const used = await usages.read(rows);
    const capped = rows.filter((row) => rulesOf(row).bounds.costPerMonthMax !== undefined);
    const prices = await loadSizePrices(
      context.db,
      capped.map((row) => row.clusterId),
      context.clock.now(),
    );
    return rows.flatMap((row): readonly (Considered & { readonly clusterId: string })[] => {
      const cluster = facts.get(row.clusterId);
      if (cluster === undefined) return [];
      const policy = prepared.get(row);
      const observation = {
        size: cluster.size,
        vms: cluster.vms,
        busyWith: cluster.busyWith,
        signal: signals.get(row.id) ?? null,
        forecast: predicted.get(row.id) ?? null,
        usage: used.get(row.id) ?? null,
        prices: prices.get(row.clusterId) ?? null,
      };
      const decision = decide(policy, observation, cluster.state, nowMs);
      return [{ row, clusterId: row.clusterId, name: row.name, mode: row.mode, policy, observation, decision }];
    });
  };

  const settleOne = async (of: readonly Considered[], cluster: ClusterFacts): Promise<readonly EvaluationRecord[]> => {
    const at = context.clock.now();
    const decisions = settle(of, at.getTime());
    const records: EvaluationRecord[] = [];
    for (const [i, { row }] of of.entries()) {
      const settled = decisions[i];
      if (settled === undefined) continue;
      try {
        const outcome = await act(context, row, cluster, settled);
        const reason = explain(rulesOf(row).rule, outcome.decision);
        records.push({ policyId: row.id, at, reason, ...outcome });
      } catch (error) {
        context.say('policy not carried out', { policy: row.name, error: String(error) });
      }
    }
    return records;
  };

  return {
    name: 'policy-evaluator',
    periodMs: EVALUATE_EVERY_MS,
    deadlineMs: 60_000,
    run: async (signal) => {
      const now = context.clock.now();
      await removeOrphanedPolicies(asSystem(context, 'policy-evaluator'));
      const rows = await loadEnabledPolicies(context.db);
      prepared.keepOnly(rows);
      if (rows.length > 0) {
        const clusterIds = [...new Set(rows.map((row) => row.clusterId))];
        const facts = await loadClusterFacts(context.db, clusterIds, now);
        const considered = byCluster(await consider(rows, facts, signal));
        const records: EvaluationRecord[] = [];
        for (const [clusterId, of] of considered) {
          const cluster = facts.get(clusterId);
          if (cluster !== undefined && !signal.aborted) records.push(...(await settleOne(of, cluster)));
        }
        await recordEvaluations(context.db, records);
      }
      if (now.getTime() - removedAtMs < REMOVE_EVERY_MS) return;
      removedAtMs = now.getTime();
      await removeEvaluationsBefore(context.db, new Date(now.getTime() - KEEP_MS));
    },
  };
};
