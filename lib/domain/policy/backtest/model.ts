import { HeadroomError } from '../../errors';
import { isShareMetric } from '../../metrics';
import { type Share, sharedAmong, unitsOf } from '../metric';
import type { PolicyRule } from '../schema';
import type { Size } from '../size';

/** Shares of counters that were read a little apart may come out above 1. */
const SHARE_MAX = 1.5;

/** The metric that a trace is of; null where the rule does not say. Of usage only processors are replayed. */
const replayedMetric = (rule: PolicyRule): string | null => {
  if (rule.kind === 'rightsizing') return 'cpu';
  return 'metric' in rule ? rule.metric : null;
};
const isShare = (rule: PolicyRule): boolean => isShareMetric(replayedMetric(rule) ?? '');

/** How a trace's values tell what was demanded, and what a policy would have measured at another size. */
export interface LoadModel {
  /** What the demand is counted in; null where the size makes no difference to the metric. */
  readonly share: Share | null;
  /** Demand that one unit bears; null when nobody said. */
  readonly limit: number | null;
  /** @param measuredAt the size that the cluster had when the value was measured */
  demandOf(value: number, measuredAt: Size): number;
  /** The metric at a size, under that demand. */
  valueAt(value: number, demand: number, size: Size): number;
}

const limitOf = (rule: PolicyRule): number | null => {
  switch (rule.kind) {
    case 'threshold':
      return rule.up?.above ?? null;
    case 'target':
      return rule.value;
    case 'predictive':
      return rule.limit;
    case 'rightsizing':
      return 1 / (1 + rule.margin);
    case 'calendar':
    case 'query':
      return null;
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

const shareOf = (rule: PolicyRule): Share | null => {
  if (rule.kind === 'predictive') return sharedAmong(rule.metric, 'node-mean');
  if (rule.kind === 'rightsizing') return sharedAmong('cpu', 'cluster');
  return rule.kind === 'threshold' || rule.kind === 'target' ? sharedAmong(rule.metric, rule.of) : null;
};

/** Without a capacity the trace is the rule's metric itself, as it was measured. */
const measuredModel = (rule: PolicyRule): LoadModel => {
  const share = shareOf(rule);
  // A forecast is made of the sum over the cluster: that is the demand already.
  const isSum = rule.kind === 'predictive' && rule.metric !== 'cpu';
  const mostly = isShare(rule) ? 1 : Number.POSITIVE_INFINITY;
  return {
    share,
    limit: share === null ? null : limitOf(rule),
    demandOf: (value, measuredAt) => (share === null || isSum ? value : value * unitsOf(measuredAt, share)),
    valueAt: (value, demand, size) => (share === null ? value : Math.min(mostly, demand / unitsOf(size, share))),
  };
};

/** With a capacity the trace is the demand on the whole cluster, of which a node of the starting shape bears so much. */
const demandModel = (rule: PolicyRule, capacityPerNode: number, start: Size): LoadModel => {
  const limit = capacityPerNode / start.vcpus;
  const isPerNode = (rule.kind === 'threshold' || rule.kind === 'target') && rule.of !== 'cluster';
  const isCpu = replayedMetric(rule) === 'cpu';
  return {
    share: 'vCPU',
    limit,
    demandOf: (value) => value,
    valueAt: (value, demand, size) => {
      if (isCpu) return Math.min(1, demand / (limit * unitsOf(size, 'vCPU')));
      return isPerNode ? value / size.nodes : value;
    },
  };
};

/**
 * Shares are measured up to 1: more load than a size bears is not seen as more. Throws `malformed` when the trace of such
 * a metric was written in per cent.
 */
export const checkTrace = (rule: PolicyRule, values: Float64Array): void => {
  if (!isShare(rule)) return;
  const wrong = values.find((value) => value > SHARE_MAX);
  if (wrong === undefined) return;
  throw new HeadroomError('malformed', `The trace has ${wrong}, but ${replayedMetric(rule)} is a share from 0 to 1.`, {
    details: { fields: [{ field: 'trace', message: 'Write shares from 0 to 1, or say the capacity of a node.' }] },
  });
};

export const loadModel = (rule: PolicyRule, start: Size, capacityPerNode: number | null): LoadModel =>
  capacityPerNode === null ? measuredModel(rule) : demandModel(rule, capacityPerNode, start);
