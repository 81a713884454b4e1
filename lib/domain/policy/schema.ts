import { z } from 'zod';
import { nameSchema } from '../contract/common';
import { isShareMetric, METRICS } from '../metrics';
import { NODES_MAX } from '../requirements';
import { SHAPE_LIMITS as L } from '../shape';
import { METRIC_SCOPES, type MetricScope, POLICY_MODES, type PolicyMode, WEEKDAYS, type Weekday } from './words';
import { isZone } from './zone';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FOR_MS_MAX = DAY_MS;

export { METRIC_SCOPES, type MetricScope, POLICY_MODES, type PolicyMode, WEEKDAYS, type Weekday };

const durationSchema = z.int('Whole milliseconds.').min(0).max(FOR_MS_MAX, 'At most a day.');
const zoneSchema = z.string().refine(isZone, 'An IANA time zone, such as Europe/Paris.');
const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day from 00:00 to 23:59.');
const daysSchema = z.array(z.enum(WEEKDAYS)).min(1, 'At least one day.').max(7);

const nodesSchema = z.int('A whole number of nodes.').min(1, 'At least one node.').max(NODES_MAX);
const vcpusSchema = z.int('A whole number of vCPUs.').min(L.vcpusMin).max(L.vcpusMax);
const memorySchema = z
  .int('A whole number of MiB.')
  .min(L.memoryMiBMin)
  .max(L.memoryMiBMax)
  .multipleOf(L.memoryMiBStep, `A multiple of ${L.memoryMiBStep} MiB: guests take memory in such blocks.`);

const amountSchema = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,2})?$/, 'An amount of money, such as 250 or 99.50.')
  .meta({ description: 'Decimal string in the currency of the rates' });

export const partialSizeSchema = z.strictObject({
  nodes: nodesSchema.optional(),
  vcpus: vcpusSchema.optional(),
  memoryMiB: memorySchema.optional(),
});

const stepSchema = z
  .strictObject({
    nodes: z.int().min(1).max(NODES_MAX).optional(),
    vcpus: z.int().min(1).max(L.vcpusMax).optional(),
    memoryMiB: z.int().min(L.memoryMiBStep).max(L.memoryMiBMax).multipleOf(L.memoryMiBStep).optional(),
  })
  .refine((step) => Object.values(step).some((v) => v !== undefined), 'Say by how many nodes, vCPUs or MiB.');

const metricShape = {
  metric: z.enum(METRICS),
  of: z.enum(METRIC_SCOPES).default('cluster'),
};

const limitsShape = {
  up: z.strictObject({ above: z.number(), forMs: durationSchema.default(MINUTE_MS), step: stepSchema }).optional(),
  down: z
    .strictObject({ below: z.number(), forMs: durationSchema.default(5 * MINUTE_MS), step: stepSchema })
    .optional(),
};

type Limits = { readonly up?: { readonly above: number }; readonly down?: { readonly below: number } };
const checkLimits = ({ up, down }: Limits, context: z.RefinementCtx): void => {
  if (up === undefined && down === undefined) {
    context.addIssue({ code: 'custom', path: ['up'], message: 'Say when to grow, when to shrink, or both.' });
  }
  if (up !== undefined && down !== undefined && down.below >= up.above) {
    context.addIssue({ code: 'custom', path: ['down', 'below'], message: `Below ${up.above}, where it grows.` });
  }
};

const SHARE_MESSAGE = 'A share from 0 to 1: 0.8 is 80 %.';

export const thresholdRuleSchema = z
  .strictObject({ kind: z.literal('threshold'), ...metricShape, ...limitsShape })
  .superRefine(checkLimits)
  .superRefine(({ metric, up, down }, context) => {
    if (!isShareMetric(metric)) return;
    if (up !== undefined && (up.above < 0 || up.above > 1)) {
      context.addIssue({ code: 'custom', path: ['up', 'above'], message: SHARE_MESSAGE });
    }
    if (down !== undefined && (down.below < 0 || down.below > 1)) {
      context.addIssue({ code: 'custom', path: ['down', 'below'], message: SHARE_MESSAGE });
    }
  });

/** Sums grow with the load and not with the size, so no size brings a sum to a value. */
const SUMS: readonly string[] = ['requestsPerSecond', 'errorsPerSecond', 'connections'];

export const targetRuleSchema = z
  .strictObject({
    kind: z.literal('target'),
    ...metricShape,
    value: z.number().positive('More than nothing.'),
    /** Part by which the metric may differ from the value before anything is done. */
    tolerance: z.number().min(0).max(1).default(0.1),
    /** The metric is averaged over this time. */
    windowMs: durationSchema.min(1_000).default(MINUTE_MS),
    adjust: z.enum(['nodes', 'vcpus', 'memoryMiB']).default('nodes'),
  })
  .refine(({ metric, of }) => of !== 'cluster' || !SUMS.includes(metric), {
    path: ['of'],
    message: 'The sum over the cluster does not depend on its size: take it per node (`node-mean` or `node-max`).',
  })
  .refine(({ metric, value }) => !isShareMetric(metric) || value <= 1, { path: ['value'], message: SHARE_MESSAGE });

const monthsWhenSchema = z.strictObject({
  kind: z.literal('months'),
  months: z.array(z.int().min(1).max(12)).min(1, 'At least one month.').max(12),
});
const datesWhenSchema = z
  .strictObject({
    kind: z.literal('dates'),
    from: z.iso.date('A date, such as 2026-12-20.'),
    /** The last day, included. */
    to: z.iso.date('A date, such as 2026-12-31.'),
    yearly: z.boolean().default(false),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'Not before it begins.' })
  .refine(({ from, to, yearly }) => !yearly || Date.parse(to) - Date.parse(from) < 365 * DAY_MS, {
    path: ['to'],
    message: 'What comes every year is shorter than one.',
  });
const weeklyWhenSchema = z.strictObject({
  kind: z.literal('weekly'),
  days: daysSchema,
  from: clockTimeSchema,
  /** A time that is not after `from` is that of the next day; `00:00` is midnight. */
  to: clockTimeSchema,
});
export const whenSchema = z.discriminatedUnion('kind', [monthsWhenSchema, datesWhenSchema, weeklyWhenSchema]);
export type When = z.output<typeof whenSchema>;

export const calendarRuleSchema = z
  .strictObject({
    kind: z.literal('calendar'),
    zone: zoneSchema,
    /** What the cluster returns to outside every entry. */
    base: partialSizeSchema,
    entries: z
      .array(
        z.strictObject({
          name: z.string().trim().min(1, 'Give it a name.').max(60),
          /** Where entries overlap the highest is in force; of equals the first. */
          priority: z.int().min(0).max(100).default(0),
          size: partialSizeSchema,
          when: whenSchema,
        }),
      )
      .min(1, 'At least one entry.')
      .max(50),
  })
  .superRefine(({ base, entries }, context) => {
    for (const [i, { size }] of entries.entries()) {
      const fields = (['nodes', 'vcpus', 'memoryMiB'] as const).filter((field) => size[field] !== undefined);
      if (fields.length === 0) {
        context.addIssue({
          code: 'custom',
          path: ['entries', i, 'size'],
          message: 'Say how many nodes, vCPUs or MiB.',
        });
      }
      for (const field of fields.filter((f) => base[f] === undefined)) {
        context.addIssue({ code: 'custom', path: ['base', field], message: 'Say what to return to afterwards.' });
      }
    }
  });

export const predictiveRuleSchema = z
  .strictObject({
    kind: z.literal('predictive'),
    metric: z.enum(['cpu', 'requestsPerSecond', 'connections']),
    /** Length of the pattern that repeats. */
    season: z.enum(['day', 'week']).default('day'),
    /** How far ahead it looks: what a change takes, and some. */
    leadMs: durationSchema.min(MINUTE_MS).default(10 * MINUTE_MS),
    /** What the metric per node may reach; CPU as a share of the cluster. */
    limit: z.number().positive('More than nothing.'),
  })
  .refine(({ metric, limit }) => !isShareMetric(metric) || limit <= 1, { path: ['limit'], message: SHARE_MESSAGE });

export const queryRuleSchema = z
  .strictObject({
    kind: z.literal('query'),
    /** The server, such as http://prometheus:9090. */
    server: z.url({ protocol: /^https?$/, message: 'An http or https address.' }),
    promql: z.string().trim().min(1, 'A PromQL expression with one series as its result.').max(2_000),
    ...limitsShape,
  })
  .superRefine(checkLimits);

export const rightsizingRuleSchema = z.strictObject({
  kind: z.literal('rightsizing'),
  /** What was measured loses half its weight in this time. */
  halfLifeMs: z
    .int()
    .min(60 * MINUTE_MS)
    .max(14 * DAY_MS)
    .default(DAY_MS),
  /** Kept free beyond what is used, as a part of it. */
  margin: z.number().min(0).max(2).default(0.15),
  /** History that has to be there before anything is proposed. */
  historyMs: z
    .int()
    .min(10 * MINUTE_MS)
    .max(14 * DAY_MS)
    .default(DAY_MS),
});

export const ruleSchema = z.discriminatedUnion('kind', [
  thresholdRuleSchema,
  targetRuleSchema,
  calendarRuleSchema,
  predictiveRuleSchema,
  rightsizingRuleSchema,
  queryRuleSchema,
]);
export type PolicyRule = z.output<typeof ruleSchema>;
export type RuleKind = PolicyRule['kind'];
export type ThresholdRule = z.output<typeof thresholdRuleSchema>;
export type TargetRule = z.output<typeof targetRuleSchema>;
export type CalendarRule = z.output<typeof calendarRuleSchema>;
export type CalendarEntry = CalendarRule['entries'][number];
export type PredictiveRule = z.output<typeof predictiveRuleSchema>;
export type RightsizingRule = z.output<typeof rightsizingRuleSchema>;
export type QueryRule = z.output<typeof queryRuleSchema>;

export const quietHoursSchema = z.strictObject({
  zone: zoneSchema,
  days: daysSchema.default([...WEEKDAYS]),
  from: clockTimeSchema,
  to: clockTimeSchema,
  /** `growth`: only shrinking waits. */
  allow: z.enum(['nothing', 'growth']).default('growth'),
});
export type QuietHours = z.output<typeof quietHoursSchema>;

const inOrder = (min: number, max: number, field: string, context: z.RefinementCtx): void => {
  if (min > max) context.addIssue({ code: 'custom', path: [field], message: `Not below the minimum of ${min}.` });
};

export const boundsSchema = z
  .strictObject({
    nodesMin: nodesSchema.default(1),
    nodesMax: nodesSchema.default(NODES_MAX),
    vcpusMin: vcpusSchema.default(L.vcpusMin),
    vcpusMax: vcpusSchema.default(L.vcpusMax),
    memoryMiBMin: memorySchema.default(L.memoryMiBMin),
    memoryMiBMax: memorySchema.default(L.memoryMiBMax),
    /** VMs of the cluster in every state, spares included, also while old and new run together. */
    vmsMax: z.int().min(1).max(64).optional(),
    /** Cost per month of the cluster, by the rates in force, that no growth goes beyond. */
    costPerMonthMax: amountSchema.optional(),
    /** Since the last change of size, whoever made it, before the policy may grow the cluster. */
    cooldownUpMs: durationSchema.default(MINUTE_MS),
    cooldownDownMs: durationSchema.default(5 * MINUTE_MS),
    /** Changes of direction in 24 hours after which the policy only grows. */
    flapsPerDay: z.int().min(0).max(1_000).default(6),
    quietHours: quietHoursSchema.optional(),
  })
  .superRefine((b, context) => {
    inOrder(b.nodesMin, b.nodesMax, 'nodesMax', context);
    inOrder(b.vcpusMin, b.vcpusMax, 'vcpusMax', context);
    inOrder(b.memoryMiBMin, b.memoryMiBMax, 'memoryMiBMax', context);
  });
export type PolicyBounds = z.output<typeof boundsSchema>;

export const approvalSchema = z.strictObject({
  /** 2: two different people, signed in, neither of whom wrote the policy as it stands. */
  persons: z.union([z.literal(1), z.literal(2)]).default(1),
  /** What costs at most this much more per month needs no person; what costs less than now neither. */
  automaticUpTo: amountSchema.optional(),
  expiresAfterMs: z
    .int()
    .min(MINUTE_MS)
    .max(7 * DAY_MS)
    .default(60 * MINUTE_MS),
});
export type ApprovalRules = z.output<typeof approvalSchema>;

/** Data older than this is no data: samples are taken every 2 s. */
export const STALE_AFTER_MS = 30_000;

/** What decides: enough for a backtest. */
export const policyRulesSchema = z.strictObject({ rule: ruleSchema, bounds: boundsSchema.prefault({}) });
export type PolicyRules = z.output<typeof policyRulesSchema>;

/** Pages of the console below `/policies` that are no policy. */
const RESERVED_NAMES: readonly string[] = ['new', 'calendar'];
export const policyNameSchema = nameSchema.refine((name) => !RESERVED_NAMES.includes(name), 'Taken by a page.');

export const policySchema = z.strictObject({
  name: policyNameSchema,
  cluster: z.string().min(1, 'Choose a cluster.').max(64).meta({ description: "A cluster's name or id" }),
  mode: z.enum(POLICY_MODES).default('observe'),
  enabled: z.boolean().default(true),
  approval: approvalSchema.prefault({}),
  ...policyRulesSchema.shape,
});
export type PolicyInput = z.output<typeof policySchema>;
