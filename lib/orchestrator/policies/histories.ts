import { forecastFor, usageFor } from '@/lib/domain/policy/evaluate';
import { BIN_MS, type Forecast, type ForecastTracker } from '@/lib/domain/policy/forecast';
import type { PolicyRules } from '@/lib/domain/policy/schema';
import type { Usage, UsageTracker } from '@/lib/domain/policy/usage';
import type { Database } from '@/lib/usecases/context';
import { readDemand, readUsage } from '@/lib/usecases/policies/series';
import { rulesOf } from '@/lib/usecases/policies/stored';
import type { PolicyRow } from '@/lib/usecases/policies/view';
import type { OrchestratorContext } from '../context';

/** As long as samples are kept. */
const HISTORY_MS = 14 * 86_400_000;

interface Tracker<Reading> {
  read(nowMs: number): Reading | null;
}

/** What is told apart between forecasts and usage: the tracker of a rule, and how it is fed with a stretch of history. */
interface Source<T extends Tracker<unknown>> {
  trackerFor(rules: PolicyRules): T | null;
  feed(db: Database, tracker: T, policy: PolicyRow, from: Date, to: Date): Promise<void>;
}

interface Kept<T> {
  readonly revision: number;
  readonly tracker: T;
  /** Bins before it have been read. */
  readToMs: number;
}

/** Rules that look at a long history: it is read once; afterwards only what has been measured since. */
export class Histories<Reading, T extends Tracker<Reading>> {
  readonly #context: OrchestratorContext;
  readonly #source: Source<T>;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(context: OrchestratorContext, source: Source<T>) {
    this.#context = context;
    this.#source = source;
  }

  /** By policy id; those without enough history have none. */
  async read(policies: readonly PolicyRow[]): Promise<ReadonlyMap<string, Reading>> {
    const ids = new Set(policies.map((policy) => policy.id));
    for (const id of this.#kept.keys()) if (!ids.has(id)) this.#kept.delete(id);
    const found = new Map<string, Reading>();
    for (const policy of policies) {
      const reading = await this.#readOne(policy);
      if (reading !== null) found.set(policy.id, reading);
    }
    return found;
  }

  async #readOne(policy: PolicyRow): Promise<Reading | null> {
    const nowMs = this.#context.clock.now().getTime();
    const toMs = Math.floor(nowMs / BIN_MS) * BIN_MS;
    const kept = this.#keptFor(policy, toMs);
    if (kept === null) return null;
    if (kept.readToMs < toMs) {
      const { tracker, readToMs } = kept;
      await this.#source.feed(this.#context.db, tracker, policy, new Date(readToMs), new Date(toMs));
      kept.readToMs = toMs;
    }
    return kept.tracker.read(nowMs);
  }

  #keptFor(policy: PolicyRow, toMs: number): Kept<T> | null {
    const known = this.#kept.get(policy.id);
    if (known?.revision === policy.revision) return known;
    const tracker = this.#source.trackerFor(rulesOf(policy));
    if (tracker === null) return null;
    const kept: Kept<T> = { revision: policy.revision, tracker, readToMs: toMs - HISTORY_MS };
    this.#kept.set(policy.id, kept);
    return kept;
  }
}

export const forecastsOf = (context: OrchestratorContext): Histories<Forecast, ForecastTracker> =>
  new Histories(context, {
    trackerFor: forecastFor,
    feed: async (db, tracker, policy, from, to) => {
      const { rule } = rulesOf(policy);
      if (rule.kind !== 'predictive') return;
      const clusterIds = [policy.clusterId];
      const bins = await readDemand(db, { clusterIds, metric: rule.metric, from, to, binMs: BIN_MS });
      for (const { atMs, value } of bins) if (value !== null) tracker.push(atMs, value);
    },
  });

export const usagesOf = (context: OrchestratorContext): Histories<Usage, UsageTracker> =>
  new Histories(context, {
    trackerFor: usageFor,
    feed: async (db, tracker, policy, from, to) => {
      const bins = await readUsage(db, policy.clusterId, from, to, BIN_MS);
      for (const { atMs, busyVcpus, usedMiB } of bins) tracker.push(atMs, busyVcpus, usedMiB);
    },
  });
