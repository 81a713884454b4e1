import { SHAPE_LIMITS } from '../shape';
import type { CalendarReading } from './calendar';
import type { Hold, Trigger } from './decision';
import type { Forecast } from './forecast';
import { project, sharedAmong, unitsOf } from './metric';
import type { CalendarRule, PredictiveRule, QueryRule, TargetRule, ThresholdRule } from './schema';
import type { Signal } from './signal';
import { type Size, sameSize, stepSize, withParts } from './size';
import { adviseMemory, adviseVcpus, type Usage } from './usage';

/** What a rule alone asks for, before bounds and cool-downs. */
export interface Proposal {
  readonly wants: Size;
  readonly value: number | null;
  readonly trigger: Trigger | null;
  readonly hold: Hold | null;
}

const stay = (size: Size, value: number | null, hold: Hold): Proposal => ({ wants: size, value, trigger: null, hold });

export const proposeByLimits = (
  { up, down }: Pick<ThresholdRule | QueryRule, 'up' | 'down'>,
  size: Size,
  signal: Signal,
): Proposal => {
  const { value, aboveForMs, belowForMs } = signal;
  if (value === null) return stay(size, null, { code: 'no-data' });
  if (up !== undefined && aboveForMs !== null) {
    if (aboveForMs < up.forMs) {
      const side = { side: 'above', limit: up.above, sinceMs: aboveForMs, forMs: up.forMs } as const;
      return stay(size, value, { code: 'not-long-enough', ...side });
    }
    const trigger: Trigger = { code: 'above', value, limit: up.above, forMs: aboveForMs };
    return { wants: stepSize(size, up.step, 1), value, trigger, hold: null };
  }
  if (down !== undefined && belowForMs !== null) {
    if (belowForMs < down.forMs) {
      const side = { side: 'below', limit: down.below, sinceMs: belowForMs, forMs: down.forMs } as const;
      return stay(size, value, { code: 'not-long-enough', ...side });
    }
    const trigger: Trigger = { code: 'below', value, limit: down.below, forMs: belowForMs };
    return { wants: stepSize(size, down.step, -1), value, trigger, hold: null };
  }
  return stay(size, value, { code: 'in-band' });
};

/**
 * desired = ⌈current × measured ÷ target⌉, unless the two differ by less than the tolerance: the formula of the
 * Kubernetes Horizontal Pod Autoscaler.
 */
export const proposeByTarget = (rule: TargetRule, size: Size, signal: Signal): Proposal => {
  const { mean } = signal;
  if (mean === null || signal.value === null) return stay(size, null, { code: 'no-data' });
  const ratio = mean / rule.value;
  if (Math.abs(ratio - 1) <= rule.tolerance) return stay(size, mean, { code: 'in-band' });
  const step = rule.adjust === 'memoryMiB' ? SHAPE_LIMITS.memoryMiBStep : 1;
  const wanted = Math.max(step, Math.ceil((size[rule.adjust] * ratio) / step) * step);
  const wants = { ...size, [rule.adjust]: wanted };
  if (sameSize(wants, size)) return stay(size, mean, { code: 'in-band' });
  return { wants, value: mean, trigger: { code: 'off-target', value: mean, target: rule.value }, hold: null };
};

export const proposeByCalendar = (rule: CalendarRule, size: Size, { entry }: CalendarReading): Proposal => {
  const wants = withParts(size, rule.base, entry?.size);
  const name = entry?.name ?? null;
  if (sameSize(wants, size)) return stay(size, null, { code: 'as-planned', entry: name });
  return { wants, value: null, trigger: { code: 'calendar', entry: name }, hold: null };
};

/** Nodes for the expected peak and its usual error. Never fewer than there are: a forecast alone shrinks nothing. */
export const proposeByForecast = (rule: PredictiveRule, size: Size, forecast: Forecast | null): Proposal => {
  if (forecast === null) return stay(size, null, { code: 'no-history' });
  const nodes = nodesForForecast(rule, size, forecast);
  const { peak, peakAtMs, error } = forecast;
  if (nodes <= size.nodes) return stay(size, peak, { code: 'forecast-fits', peak, error });
  return { wants: { ...size, nodes }, value: peak, trigger: { code: 'forecast', peak, peakAtMs, error }, hold: null };
};

export const nodesForForecast = (rule: PredictiveRule, size: Size, { peak, error }: Forecast): number => {
  const share = sharedAmong(rule.metric, 'node-mean') ?? 'node';
  const perNode = unitsOf({ ...size, nodes: 1 }, share);
  return Math.ceil((peak * (1 + error)) / (rule.limit * perNode));
};

/** Another shape where the present one lies outside what usage asks for; inside it is left, so that changes are few. */
export const proposeByUsage = (size: Size, usage: Usage | null): Proposal => {
  if (usage === null) return stay(size, null, { code: 'no-history' });
  const vcpus = usage.vcpus?.target ?? null;
  const memoryMiB = usage.memoryMiB?.target ?? null;
  const wants: Size = {
    ...size,
    vcpus: adviseVcpus(usage.vcpus, size.vcpus),
    memoryMiB: adviseMemory(usage.memoryMiB, size.memoryMiB),
  };
  if (sameSize(wants, size)) return stay(size, vcpus, { code: 'fits', vcpus, memoryMiB });
  return { wants, value: vcpus, trigger: { code: 'usage', vcpus, memoryMiB, historyMs: usage.historyMs }, hold: null };
};

/** The value that a smaller size would have, when that is where the rule grows again. */
export const returnsAbove = (
  rule: ThresholdRule | TargetRule,
  signal: Signal,
  from: Size,
  to: Size,
): { readonly value: number; readonly limit: number } | null => {
  const limit = rule.kind === 'target' ? rule.value * (1 + rule.tolerance) : rule.up?.above;
  const measured = rule.kind === 'target' ? signal.mean : signal.value;
  if (limit === undefined || measured === null) return null;
  const value = project(measured, sharedAmong(rule.metric, rule.of), from, to) ?? measured;
  return value > limit ? { value, limit } : null;
};
