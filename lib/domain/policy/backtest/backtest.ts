import type { SizePrices } from '../cost';
import type { HoldCode } from '../decision';
import { decide, forecastFor, preparePolicy, type SizeChange, signalFor, usageFor } from '../evaluate';
import { explain } from '../explain';
import { unitsOf } from '../metric';
import { type PolicyRules, STALE_AFTER_MS } from '../schema';
import { clampSize, directionOf, type Size } from '../size';
import { Account, type AccountSummary } from './account';
import { type BacktestSeries, type ChartPoint, ChartWriter } from './chart';
import { checkTrace, loadModel } from './model';
import { stepOf, type Trace } from './trace';

/** What a change takes unless told otherwise: a VM is built, joins and takes traffic. */
export const CHANGE_MS_DEFAULT = 60_000;
/** Points of the series that are given back for a chart. */
const CHART_POINTS = 1_000;
/** A gap of more than this many steps is one without data. */
const STALE_STEPS = 3;
const DAY_MS = 86_400_000;

export interface MeasuredSize {
  readonly fromMs: number;
  readonly size: Size;
}

export interface BacktestOptions {
  readonly start: Size;
  /** Sizes that the cluster had while the trace was measured, by time; the starting one throughout unless given. */
  readonly measured?: readonly MeasuredSize[];
  /** Then the trace is the demand on the whole cluster, of which one node of the starting shape bears this much. */
  readonly capacityPerNode?: number | null;
  readonly changeMs?: number;
  /** What sizes cost; without, neither cost nor a cap on it is known. */
  readonly prices?: SizePrices | null;
}

export interface BacktestAction {
  readonly atMs: number;
  readonly outcome: 'grow' | 'shrink';
  readonly from: Size;
  readonly to: Size;
  readonly reason: string;
}

export interface BacktestResult {
  readonly points: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  readonly start: Size;
  readonly end: Size;
  readonly actions: readonly BacktestAction[];
  /** Actions that went the other way than the one before. */
  readonly reversals: number;
  /** Evaluations that did nothing, by why. */
  readonly holds: Readonly<Partial<Record<HoldCode, number>>>;
  readonly summary: AccountSummary;
  readonly series: BacktestSeries;
}

/** Walks through the sizes of the past in step with the trace. */
const pastSizes = (measured: readonly MeasuredSize[], start: Size): ((atMs: number) => Size) => {
  let next = 0;
  let size = start;
  return (atMs) => {
    for (let m = measured[next]; m !== undefined && m.fromMs <= atMs; m = measured[next]) {
      size = m.size;
      next += 1;
    }
    return size;
  };
};

/**
 * Replays a policy over a trace: evaluates it at every point, on the metric as a cluster of the simulated size would
 * have shown it, and changes that size as the policy decides. A change takes `changeMs`, in which the old size serves
 * and nothing else is begun. Each point stands until the next, at most for three usual steps.
 * Throws `malformed` for a trace of shares that was written in per cent.
 */
export const backtest = (rules: PolicyRules, trace: Trace, options: BacktestOptions): BacktestResult => {
  const { times, values } = trace;
  if (options.capacityPerNode == null) checkTrace(rules.rule, values);
  const stepMs = stepOf(trace);
  const staleAfterMs = Math.max(STALE_AFTER_MS, STALE_STEPS * stepMs);
  const changeMs = options.changeMs ?? CHANGE_MS_DEFAULT;
  const policy = preparePolicy(rules);
  let signal = signalFor(rules, staleAfterMs);
  const forecast = forecastFor(rules);
  const usage = usageFor(rules);
  const model = loadModel(rules.rule, options.start, options.capacityPerNode ?? null);
  const measuredAt = pastSizes(options.measured ?? [], options.start);
  const prices = options.prices ?? null;
  const account = new Account(model.share, rules.bounds, prices);
  const chart = new ChartWriter(times.length, CHART_POINTS);

  const actions: BacktestAction[] = [];
  const holds: Partial<Record<HoldCode, number>> = {};
  let changes: SizeChange[] = [];
  let lastChangeMs: number | null = null;
  let size = options.start;
  let pending: { readonly to: Size; readonly atMs: number } | null = null;
  let point: ChartPoint | null = null;

  for (let i = 0; i < times.length; i += 1) {
    const atMs = times[i] ?? 0;
    const value = values[i] ?? Number.NaN;
    const isKnown = !Number.isNaN(value);
    if (pending !== null && atMs >= pending.atMs) {
      size = pending.to;
      // What was measured at another size says nothing about this one.
      signal = signalFor(rules, staleAfterMs);
      lastChangeMs = pending.atMs;
      pending = null;
    }
    const demand = isKnown ? model.demandOf(value, measuredAt(atMs)) : Number.NaN;
    const seen = isKnown ? model.valueAt(value, demand, size) : Number.NaN;
    signal?.push(atMs, isKnown ? seen : null);
    if (isKnown) forecast?.push(atMs, demand);
    if (isKnown) usage?.push(atMs, seen * size.vcpus, null);

    const decision = decide(
      policy,
      {
        size,
        vms: pending === null ? size.nodes : Math.max(size.nodes, pending.to.nodes),
        busyWith: pending === null ? null : 'change',
        signal: signal?.read(atMs) ?? null,
        forecast: forecast?.read(atMs) ?? null,
        usage: usage?.read(atMs) ?? null,
        prices,
      },
      { lastChangeMs, changes },
      atMs,
    );
    if (decision.outcome === 'none') {
      if (decision.hold !== null) holds[decision.hold.code] = (holds[decision.hold.code] ?? 0) + 1;
    } else {
      const direction = directionOf(decision.from, decision.to) ?? 'up';
      actions.push({
        atMs,
        outcome: decision.outcome,
        from: decision.from,
        to: decision.to,
        reason: explain(rules.rule, decision),
      });
      changes = [...changes.filter((change) => change.atMs > atMs - DAY_MS), { atMs, direction }];
      pending = { to: decision.to, atMs: atMs + changeMs };
    }

    const needed = isKnown && model.limit !== null ? demand / model.limit : null;
    point = {
      atMs,
      trace: value,
      value: seen,
      nodes: size.nodes,
      vcpus: size.vcpus,
      memoryMiB: size.memoryMiB,
      provisioned: model.share === null ? null : unitsOf(size, model.share),
      needed,
    };
    chart.add(point);
    const untilNextMs = (times[i + 1] ?? atMs) - atMs;
    const standsMs = Math.min(untilNextMs, staleAfterMs);
    if (isKnown) account.add(standsMs, size, needed);
    else account.addWithoutData(standsMs, size);
    if (untilNextMs > standsMs) account.addWithoutData(untilNextMs - standsMs, size);
  }

  return {
    points: times.length,
    fromMs: times[0] ?? 0,
    toMs: times.at(-1) ?? 0,
    stepMs,
    start: options.start,
    end: pending?.to ?? size,
    actions,
    reversals: actions.filter((action, i) => i > 0 && actions[i - 1]?.outcome !== action.outcome).length,
    holds,
    summary: account.summary(),
    series: chart.finish(point),
  };
};

/** The size to start from where nobody said: the smallest that the bounds allow. */
export const smallestSize = ({ bounds }: PolicyRules): Size =>
  clampSize({ nodes: bounds.nodesMin, vcpus: bounds.vcpusMin, memoryMiB: bounds.memoryMiBMin }, bounds);
