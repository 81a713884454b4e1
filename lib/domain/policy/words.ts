/**
 * What a metric is taken of. `cluster`: as a whole (a share of all its processors, a sum of requests); `node-mean`: the
 * mean of its nodes; `node-max`: the node that has most.
 */
export const METRIC_SCOPES = ['cluster', 'node-mean', 'node-max'] as const;
export type MetricScope = (typeof METRIC_SCOPES)[number];

export const POLICY_MODES = ['automatic', 'approval', 'observe'] as const;
export type PolicyMode = (typeof POLICY_MODES)[number];

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
