import { z } from 'zod';
import {
  approvalSchema,
  boundsSchema,
  POLICY_MODES,
  partialSizeSchema,
  policyNameSchema,
  policyRulesSchema,
  policySchema,
  ruleSchema,
} from '../policy/schema';
import { idSchema, pageQuerySchema, timeSchema } from './common';
import { planViewSchema } from './plan';

export const sizeViewSchema = z.object({ nodes: z.int(), vcpus: z.int(), memoryMiB: z.int() });

export const createPolicySchema = policySchema;
export type CreatePolicyInput = z.output<typeof createPolicySchema>;

/** What is left out stays. A rule, bounds or approval that is given replaces the whole of it. */
export const updatePolicySchema = z.strictObject({
  name: policyNameSchema.optional(),
  mode: z.enum(POLICY_MODES).optional(),
  enabled: z.boolean().optional(),
  approval: approvalSchema.optional(),
  rule: ruleSchema.optional(),
  bounds: boundsSchema.optional(),
});
export type UpdatePolicyInput = z.output<typeof updatePolicySchema>;

export const evaluationViewSchema = z.object({
  id: z.string(),
  at: timeSchema,
  outcome: z.enum(['grow', 'shrink', 'none']),
  /** `acted`, `recommended`, `observed`, or why nothing was done: `cool-down`, `no-data` … */
  code: z.string(),
  reason: z.string(),
  /** What decided, in the rule's own unit. */
  value: z.number().nullable(),
  from: sizeViewSchema,
  to: sizeViewSchema,
  wants: sizeViewSchema,
  operationId: z.string().nullable(),
  recommendationId: z.string().nullable(),
});
export type EvaluationView = z.infer<typeof evaluationViewSchema>;

export const policyViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  cluster: z.object({ id: idSchema, name: z.string() }),
  mode: z.enum(POLICY_MODES),
  enabled: z.boolean(),
  /** Raised by every change. */
  revision: z.int(),
  rule: ruleSchema,
  bounds: boundsSchema,
  approval: approvalSchema,
  /** The rule in one line. */
  description: z.string(),
  /** What one should know: where shrinking would at once trigger growth, entries that the bounds cut. */
  warnings: z.array(z.string()),
  /** Of a calendar. */
  nextRuns: z.array(z.object({ name: z.string(), priority: z.int(), start: timeSchema, end: timeSchema })),
  lastEvaluation: evaluationViewSchema.nullable(),
  createdAt: timeSchema,
  createdBy: z.string(),
  updatedAt: timeSchema,
  updatedBy: z.string(),
});
export type PolicyView = z.infer<typeof policyViewSchema>;

export const policiesQuerySchema = pageQuerySchema.extend({ cluster: z.string().max(64).optional() });
export type PoliciesQuery = z.infer<typeof policiesQuerySchema>;

export const evaluationsQuerySchema = pageQuerySchema.extend({
  /** Only those that did something, or would have. */
  acted: z.stringbool().optional(),
});
export type EvaluationsQuery = z.infer<typeof evaluationsQuerySchema>;

const YEAR_MIN = 2000;
const YEAR_MAX = 2100;
export const calendarQuerySchema = z.object({
  year: z.coerce.number().int().min(YEAR_MIN).max(YEAR_MAX).optional(),
  cluster: z.string().max(64).optional(),
});
export type CalendarQuery = z.infer<typeof calendarQuerySchema>;

export const calendarViewSchema = z.object({
  year: z.int(),
  policies: z.array(
    z.object({
      policy: z.object({ id: idSchema, name: z.string(), mode: z.enum(POLICY_MODES), enabled: z.boolean() }),
      cluster: z.object({ id: idSchema, name: z.string() }),
      /** Days are days of this zone. */
      zone: z.string(),
      today: z.iso.date(),
      base: partialSizeSchema,
      entries: z.array(z.object({ name: z.string(), priority: z.int(), size: partialSizeSchema })),
      days: z.array(
        z.object({
          date: z.iso.date(),
          /** 23 or 25 at a change of clocks. */
          hours: z.number(),
          /** What is in force, by position among the entries; the base otherwise. Parts of the day from 0 to 1. */
          parts: z.array(
            z.object({
              entry: z.int(),
              start: timeSchema,
              end: timeSchema,
              fromPart: z.number(),
              toPart: z.number(),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type CalendarView = z.infer<typeof calendarViewSchema>;

const columnSchema = z.array(z.number().nullable());

export const backtestViewSchema = z.object({
  points: z.int(),
  from: timeSchema,
  to: timeSchema,
  stepMs: z.number(),
  start: sizeViewSchema,
  end: sizeViewSchema,
  actions: z.array(
    z.object({
      at: timeSchema,
      outcome: z.enum(['grow', 'shrink']),
      from: sizeViewSchema,
      to: sizeViewSchema,
      reason: z.string(),
    }),
  ),
  reversals: z.int(),
  /** Evaluations that did nothing, by why. */
  holds: z.record(z.string(), z.int()),
  summary: z.object({
    /** What `provisioned` and `needed` are counted in; null where the size makes no difference to the metric. */
    unit: z.string().nullable(),
    minutesUnder: z.number().nullable(),
    minutesOver: z.number().nullable(),
    minutesWithoutData: z.number(),
    provisionedUnitHours: z.number().nullable(),
    neededUnitHours: z.number().nullable(),
    nodeHours: z.number(),
    vcpuHours: z.number(),
    memoryGiBHours: z.number(),
    /** Of the simulated sizes by present rates, decimal string; null where there are none. */
    cost: z.string().nullable(),
    currency: z.string().nullable(),
  }),
  /** At most 1,000 points, each of a stretch of the trace. */
  series: z.object({
    times: z.array(z.number()).meta({ description: 'Milliseconds since 1970' }),
    trace: columnSchema,
    value: columnSchema,
    nodes: z.array(z.number()),
    vcpus: z.array(z.number()),
    memoryMiB: z.array(z.number()),
    provisioned: columnSchema,
    needed: columnSchema,
  }),
});
export type BacktestView = z.infer<typeof backtestViewSchema>;

export const backtestInputSchema = z.strictObject({
  from: timeSchema.optional().meta({ description: 'Of the stored metrics; a day before `to` unless given' }),
  to: timeSchema.optional(),
  csv: z
    .string()
    .max(1_000_000, 'At most 1 MB here: the command line takes more.')
    .optional()
    .meta({ description: 'Instead of stored metrics: time and value, one point a line' }),
  rule: ruleSchema.optional().meta({ description: 'Instead of the one that is stored' }),
  bounds: boundsSchema.optional(),
  start: sizeViewSchema.optional().meta({ description: 'Size to start from; the present one unless given' }),
  capacityPerNode: z
    .number()
    .positive()
    .optional()
    .meta({ description: 'Then the values are the demand on the cluster, of which one node bears this much' }),
  changeMs: z.int().min(0).max(3_600_000).optional().meta({ description: 'What a change takes' }),
});
export type BacktestInput = z.output<typeof backtestInputSchema>;

/** A replay of a policy that is not stored. */
export const backtestRulesInputSchema = backtestInputSchema.extend({
  cluster: policySchema.shape.cluster,
  ...policyRulesSchema.shape,
});
export type BacktestRulesInput = z.output<typeof backtestRulesInputSchema>;

export const RECOMMENDATION_STATES = ['open', 'approved', 'rejected', 'expired', 'superseded'] as const;
export type RecommendationState = (typeof RECOMMENDATION_STATES)[number];

export const recommendationViewSchema = z.object({
  id: idSchema,
  state: z.enum(RECOMMENDATION_STATES),
  /** Null where a person asks. */
  policy: z.object({ id: idSchema, name: z.string() }).nullable(),
  /** The person who asks; null where a policy does. */
  requestedBy: z.string().nullable(),
  cluster: z.object({ id: idSchema, name: z.string() }),
  reason: z.string(),
  rule: z.string(),
  from: sizeViewSchema,
  to: sizeViewSchema,
  /** What was measured before: times in milliseconds since 1970. Null for rules that look at no metric. */
  evidence: z
    .object({
      metric: z.string(),
      times: z.array(z.number()),
      values: z.array(z.number().nullable()),
      limit: z.number().nullable(),
    })
    .nullable(),
  plan: planViewSchema,
  planHash: z.string(),
  /** Times that the plan was made anew because things had changed. */
  remade: z.int(),
  approvalsNeeded: z.int(),
  approvals: z.array(z.object({ by: z.string(), at: timeSchema, comment: z.string() })),
  /** Whom it is put to now: what nobody answers goes to the next role. */
  askedRole: z.string(),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  decidedAt: timeSchema.nullable(),
  decidedBy: z.string().nullable(),
  /** Why it was decided so, in words. */
  comment: z.string().nullable(),
  operationId: z.string().nullable(),
});
export type RecommendationView = z.infer<typeof recommendationViewSchema>;

export const recommendationsQuerySchema = pageQuerySchema.extend({
  state: z.enum(RECOMMENDATION_STATES).optional(),
  cluster: z.string().max(64).optional(),
});
export type RecommendationsQuery = z.infer<typeof recommendationsQuerySchema>;

const commentSchema = z.string().trim().max(500, 'At most 500 characters.');
export const approveSchema = z.strictObject({
  planHash: z.string().min(1).meta({ description: 'Of the plan that was seen; refused with 409 when it is another' }),
  comment: commentSchema.default(''),
});
export type ApproveInput = z.output<typeof approveSchema>;

export const rejectSchema = z.strictObject({
  planHash: z.string().min(1).optional(),
  comment: commentSchema.default(''),
});
export type RejectInput = z.output<typeof rejectSchema>;
