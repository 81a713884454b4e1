import { type CalendarReading, calendarReader, type QuietReading, quietReader } from './calendar';
import { costPerMonth, nodesWithin, type SizePrices } from './cost';
import type { Decision, Hold } from './decision';
import { type Forecast, type ForecastTracker, trackForecast } from './forecast';
import {
  nodesForForecast,
  type Proposal,
  proposeByCalendar,
  proposeByForecast,
  proposeByLimits,
  proposeByTarget,
  proposeByUsage,
  returnsAbove,
} from './propose';
import type { PolicyBounds, PolicyRules } from './schema';
import { type Signal, type SignalTracker, trackSignal } from './signal';
import { clampSize, type Direction, directionOf, peakVms, type Size, sameSize, withParts } from './size';
import { isTooSmall, trackUsage, type Usage, type UsageTracker } from './usage';

const DAY_MS = 86_400_000;

/** What is, at the moment of an evaluation. */
export interface Observation {
  readonly size: Size;
  /** VMs of the cluster in every state but released, spares included. */
  readonly vms: number;
  /** What the cluster is busy with, such as "change"; null when nothing is under way. */
  readonly busyWith: string | null;
  readonly signal: Signal | null;
  readonly forecast: Forecast | null;
  readonly usage: Usage | null;
  /** What sizes cost; null while there are no rates, and where the policy does not ask for it. */
  readonly prices: SizePrices | null;
}

export interface SizeChange {
  readonly atMs: number;
  readonly direction: Direction;
}

/** What was done before. */
export interface PolicyState {
  /** End of the last change of size, whoever asked for it; null when there was none. */
  readonly lastChangeMs: number | null;
  /** Changes of the last 24 hours and before, in their order. */
  readonly changes: readonly SizeChange[];
}

export const NO_STATE: PolicyState = { lastChangeMs: null, changes: [] };

/** A policy made ready to be evaluated many times. */
export interface PreparedPolicy {
  readonly rules: PolicyRules;
  readonly calendarAt: ((nowMs: number) => CalendarReading) | null;
  readonly quietAt: ((nowMs: number) => QuietReading) | null;
}

export const preparePolicy = (rules: PolicyRules): PreparedPolicy => ({
  rules,
  calendarAt: rules.rule.kind === 'calendar' ? calendarReader(rules.rule) : null,
  quietAt: rules.bounds.quietHours === undefined ? null : quietReader(rules.bounds.quietHours),
});

const NO_SIGNAL: Signal = { value: null, aboveForMs: null, belowForMs: null, mean: null };

const propose = (policy: PreparedPolicy, { size, signal, forecast, usage }: Observation, nowMs: number): Proposal => {
  const { rule } = policy.rules;
  switch (rule.kind) {
    case 'threshold':
    case 'query':
      return proposeByLimits(rule, size, signal ?? NO_SIGNAL);
    case 'target':
      return proposeByTarget(rule, size, signal ?? NO_SIGNAL);
    case 'calendar':
      return proposeByCalendar(rule, size, policy.calendarAt?.(nowMs) ?? { entry: null, untilMs: nowMs });
    case 'predictive':
      return proposeByForecast(rule, size, forecast);
    case 'rightsizing':
      return proposeByUsage(size, usage);
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

/** Changes of direction among the changes of the last 24 hours. */
export const flapsOf = (changes: readonly SizeChange[], nowMs: number): number => {
  const recent = changes.filter((change) => change.atMs > nowMs - DAY_MS);
  return recent.filter((change, i) => i > 0 && recent[i - 1]?.direction !== change.direction).length;
};

const coolDown = (bounds: PolicyBounds, direction: Direction, state: PolicyState, nowMs: number): Hold | null => {
  if (state.lastChangeMs === null) return null;
  const waitMs = direction === 'up' ? bounds.cooldownUpMs : bounds.cooldownDownMs;
  const leftMs = state.lastChangeMs + waitMs - nowMs;
  return leftMs > 0 ? { code: 'cool-down', leftMs } : null;
};

/** Growth is never denied by the flap budget: too large is safe, too small is not. */
const flapBudget = (bounds: PolicyBounds, direction: Direction, state: PolicyState, nowMs: number): Hold | null => {
  const last = state.changes.at(-1);
  if (direction === 'up' || last?.direction !== 'up' || last.atMs <= nowMs - DAY_MS) return null;
  const used = flapsOf(state.changes, nowMs);
  return used >= bounds.flapsPerDay ? { code: 'flap-budget', used, allowed: bounds.flapsPerDay } : null;
};

const quiet = (policy: PreparedPolicy, direction: Direction, nowMs: number): Hold | null => {
  const reading = policy.quietAt?.(nowMs);
  if (reading?.isQuiet !== true) return null;
  if (direction === 'up' && policy.rules.bounds.quietHours?.allow === 'growth') return null;
  return { code: 'quiet-hours', leftMs: reading.untilMs - nowMs };
};

const returning = (policy: PreparedPolicy, observation: Observation, to: Size): Hold | null => {
  const { rule } = policy.rules;
  if (observation.signal === null || (rule.kind !== 'threshold' && rule.kind !== 'target')) return null;
  const back = returnsAbove(rule, observation.signal, observation.size, to);
  return back === null ? null : { code: 'would-return', ...back };
};

interface Afforded {
  readonly wants: Size;
  readonly hold: Hold | null;
}

/** As much of a growth as the cap on cost pays for; a hold where it pays for none. What costs no more than now may be. */
const afford = (
  bounds: PolicyBounds,
  prices: SizePrices | null,
  from: Size,
  wants: Size,
  direction: Direction,
): Afforded => {
  if (bounds.costPerMonthMax === undefined || direction === 'down') return { wants, hold: null };
  if (prices === null) return { wants, hold: { code: 'no-rates' } };
  const cap = Number(bounds.costPerMonthMax);
  const cost = costPerMonth(prices, wants);
  if (cost <= cap || cost <= costPerMonth(prices, from)) return { wants, hold: null };
  const nodes = nodesWithin(prices, wants, cap);
  const isSameShape = wants.vcpus === from.vcpus && wants.memoryMiB === from.memoryMiB;
  if (isSameShape && nodes > from.nodes) return { wants: { ...wants, nodes }, hold: null };
  return { wants, hold: { code: 'budget-cap', cost, cap, currency: prices.currency } };
};

const holdOf = (
  policy: PreparedPolicy,
  observation: Observation,
  state: PolicyState,
  nowMs: number,
  to: Size,
  direction: Direction,
): Hold | null => {
  const { bounds } = policy.rules;
  if (observation.busyWith !== null) return { code: 'busy', with: observation.busyWith };
  const peak = peakVms(observation.vms, observation.size, to);
  // A smaller shape, too, is built beside the present one; what builds nothing may go on above the cap.
  if (bounds.vmsMax !== undefined && peak > bounds.vmsMax && peak > observation.vms) {
    return { code: 'vm-cap', peak, cap: bounds.vmsMax };
  }
  return (
    quiet(policy, direction, nowMs) ??
    coolDown(bounds, direction, state, nowMs) ??
    flapBudget(bounds, direction, state, nowMs) ??
    (direction === 'down' ? returning(policy, observation, to) : null)
  );
};

/**
 * Compares a policy with what is and says what to do, by itself: no data, no action. Pure, and of constant cost.
 *
 * @param nowMs milliseconds since 1970
 */
export const decide = (
  policy: PreparedPolicy,
  observation: Observation,
  state: PolicyState,
  nowMs: number,
): Decision => {
  const from = observation.size;
  const { wants: asked, value, trigger, hold } = propose(policy, observation, nowMs);
  if (trigger === null) return { outcome: 'none', from, to: from, wants: from, value, trigger, hold };
  const bounded = clampSize(asked, policy.rules.bounds);
  const direction = directionOf(from, bounded);
  const asksFor = directionOf(from, asked);
  // Bounds that the cluster lies outside of pull it in only in the direction that the rule asks for.
  if (direction === null || direction !== asksFor || sameSize(bounded, from)) {
    return { outcome: 'none', from, to: from, wants: from, value, trigger, hold: { code: 'at-bounds' } };
  }
  const { wants, hold: tooDear } = afford(policy.rules.bounds, observation.prices, from, bounded, direction);
  const held = holdOf(policy, observation, state, nowMs, wants, direction) ?? tooDear;
  if (held !== null) return { outcome: 'none', from, to: from, wants, value, trigger, hold: held };
  return { outcome: direction === 'up' ? 'grow' : 'shrink', from, to: wants, wants, value, trigger, hold: null };
};

/** `decide` for a policy that is evaluated once. */
export const evaluatePolicy = (
  rules: PolicyRules,
  observation: Observation,
  state: PolicyState,
  nowMs: number,
): Decision => decide(preparePolicy(rules), observation, state, nowMs);

/**
 * Whether a policy has something against a smaller size: its own wish or limit would be missed there, or it cannot tell
 * for want of data.
 */
export const objectsTo = (policy: PreparedPolicy, observation: Observation, nowMs: number, to: Size): boolean => {
  const { rule, bounds } = policy.rules;
  if (to.nodes < bounds.nodesMin) return true;
  switch (rule.kind) {
    case 'query':
      return observation.signal?.value == null || observation.signal.aboveForMs !== null;
    case 'threshold':
    case 'target':
      if (rule.kind === 'threshold' && rule.up === undefined) return false;
      if (observation.signal?.value == null) return true;
      return returnsAbove(rule, observation.signal, observation.size, to) !== null;
    case 'calendar': {
      const entry = policy.calendarAt?.(nowMs).entry;
      if (entry == null) return false;
      const wants = withParts(observation.size, entry.size);
      return to.nodes < wants.nodes || to.vcpus < wants.vcpus || to.memoryMiB < wants.memoryMiB;
    }
    case 'predictive':
      return observation.forecast !== null && nodesForForecast(rule, to, observation.forecast) > to.nodes;
    case 'rightsizing':
      return observation.usage !== null && isTooSmall(observation.usage, to);
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

/** The tracker that sums a rule's metric up; null for rules that look at none. */
export const signalFor = ({ rule }: PolicyRules, staleAfterMs: number): SignalTracker | null => {
  switch (rule.kind) {
    case 'threshold':
    case 'query':
      return trackSignal({ above: rule.up?.above, below: rule.down?.below, staleAfterMs });
    case 'target':
      return trackSignal({ windowMs: rule.windowMs, staleAfterMs });
    case 'calendar':
    case 'predictive':
    case 'rightsizing':
      return null;
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

export const forecastFor = ({ rule }: PolicyRules): ForecastTracker | null =>
  rule.kind === 'predictive' ? trackForecast(rule) : null;

export const usageFor = ({ rule }: PolicyRules): UsageTracker | null =>
  rule.kind === 'rightsizing' ? trackUsage(rule) : null;

/** How far back a rule looks, in milliseconds; samples older than that do not matter to it. */
export const lookBackMs = ({ rule }: PolicyRules): number => {
  switch (rule.kind) {
    case 'threshold':
    case 'query':
      return Math.max(rule.up?.forMs ?? 0, rule.down?.forMs ?? 0);
    case 'target':
      return rule.windowMs;
    case 'calendar':
    case 'predictive':
    case 'rightsizing':
      return 0;
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};
