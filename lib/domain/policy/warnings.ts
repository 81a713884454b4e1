import { SHAPE_LIMITS } from '../shape';
import { describeMetric } from './explain';
import { project, sharedAmong } from './metric';
import type { CalendarRule, PolicyBounds, PolicyRules, ThresholdRule } from './schema';
import { clampSize, describeSizeChange, type PartialSize, type Size, sameSize, stepSize, withParts } from './size';

/** Sizes that a policy may shrink from: along what its step takes away, smallest first. */
const sizesToShrink = (step: PartialSize, bounds: PolicyBounds): readonly Size[] => {
  const base: Size = { nodes: bounds.nodesMin, vcpus: bounds.vcpusMin, memoryMiB: bounds.memoryMiBMin };
  const range = (from: number, to: number, by: number): readonly number[] =>
    Array.from({ length: Math.max(0, Math.floor((to - from) / by) + 1) }, (_, i) => from + i * by);
  if (step.nodes !== undefined) return range(bounds.nodesMin, bounds.nodesMax, 1).map((nodes) => ({ ...base, nodes }));
  if (step.vcpus !== undefined) return range(bounds.vcpusMin, bounds.vcpusMax, 1).map((vcpus) => ({ ...base, vcpus }));
  return range(bounds.memoryMiBMin, bounds.memoryMiBMax, SHAPE_LIMITS.memoryMiBStep).map((memoryMiB) => ({
    ...base,
    memoryMiB,
  }));
};

const warnOfReturn = (rule: ThresholdRule, bounds: PolicyBounds): readonly string[] => {
  const { up, down, metric, of } = rule;
  if (up === undefined || down === undefined) return [];
  const share = sharedAmong(metric, of);
  for (const from of sizesToShrink(down.step, bounds)) {
    const to = clampSize(stepSize(from, down.step, -1), bounds);
    if (sameSize(from, to)) continue;
    const after = project(down.below, share, from, to);
    if (after === null || after <= up.above) continue;
    const safe = (down.below * up.above) / after;
    return [
      `Shrinking would at once ask for growth again: ${describeSizeChange(from, to)} makes ${describeMetric(metric, down.below)} into ${describeMetric(metric, after)}, above ${describeMetric(metric, up.above)}. Shrink below ${describeMetric(metric, safe)} only, or by less; until then such a step is held back.`,
    ];
  }
  return [];
};

const warnOfBounds = (rule: CalendarRule, bounds: PolicyBounds): readonly string[] => {
  const sizes = [{ name: 'The base', size: rule.base }, ...rule.entries];
  const full: Size = { nodes: bounds.nodesMin, vcpus: bounds.vcpusMin, memoryMiB: bounds.memoryMiBMin };
  return sizes.flatMap(({ name, size }) => {
    const wanted = withParts(full, size);
    const allowed = clampSize(wanted, bounds);
    return sameSize(wanted, allowed)
      ? []
      : [`${name} lies outside the bounds of the policy: it becomes ${describeSizeChange(wanted, allowed)}.`];
  });
};

/** What a person should know before a policy is saved; empty when nothing is odd. */
export const warningsOf = ({ rule, bounds }: PolicyRules): readonly string[] => {
  switch (rule.kind) {
    case 'threshold':
      return warnOfReturn(rule, bounds);
    case 'calendar':
      return warnOfBounds(rule, bounds);
    case 'target':
    case 'predictive':
    case 'rightsizing':
    case 'query':
      return [];
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};
