import { forecastFor } from '@/lib/domain/policy/evaluate';
import { BIN_MS, type Forecast, type ForecastTracker } from '@/lib/domain/policy/forecast';
import { readDemand } from '@/lib/usecases/policies/series';
import { rulesOf } from '@/lib/usecases/policies/stored';
import type { PolicyRow } from '@/lib/usecases/policies/view';
import type { OrchestratorContext } from '../context';

/** As long as samples are kept. */
const HISTORY_MS = 14 * 86_400_000;

interface Kept {
  readonly revision: number;
  readonly tracker: ForecastTracker;
  /** Bins before it have been read. */
  readToMs: number;
}

/** Forecasts of predictive policies. History is read once; afterwards only what has been measured since. */
export class Forecasts {
  readonly #context: OrchestratorContext;
  readonly #kept = new Map<string, Kept>();

  constructor(context: OrchestratorContext) {
    this.#context = context;
  }

  /** By policy id; those without enough history have none. */
  async read(policies: readonly PolicyRow[]): Promise<ReadonlyMap<string, Forecast>> {
    const predictive = policies.filter((policy) => rulesOf(policy).rule.kind === 'predictive');
    for (const id of this.#kept.keys()) if (!predictive.some((policy) => policy.id === id)) this.#kept.delete(id);
    const found = new Map<string, Forecast>();
    for (const policy of predictive) {
      const forecast = await this.#readOne(policy);
      if (forecast !== null) found.set(policy.id, forecast);
    }
    return found;
  }

  async #readOne(policy: PolicyRow): Promise<Forecast | null> {
    const rules = rulesOf(policy);
    if (rules.rule.kind !== 'predictive') return null;
    const nowMs = this.#context.clock.now().getTime();
    const toMs = Math.floor(nowMs / BIN_MS) * BIN_MS;
    const kept = this.#keptFor(policy, toMs);
    if (kept === null) return null;
    if (kept.readToMs < toMs) {
      const bins = await readDemand(this.#context.db, {
        clusterIds: [policy.clusterId],
        metric: rules.rule.metric,
        from: new Date(kept.readToMs),
        to: new Date(toMs),
        binMs: BIN_MS,
      });
      for (const { atMs, value } of bins) if (value !== null) kept.tracker.push(atMs, value);
      kept.readToMs = toMs;
    }
    return kept.tracker.read(nowMs);
  }

  #keptFor(policy: PolicyRow, toMs: number): Kept | null {
    const known = this.#kept.get(policy.id);
    if (known?.revision === policy.revision) return known;
    const tracker = forecastFor(rulesOf(policy));
    if (tracker === null) return null;
    const kept: Kept = { revision: policy.revision, tracker, readToMs: toMs - HISTORY_MS };
    this.#kept.set(policy.id, kept);
    return kept;
  }
}
