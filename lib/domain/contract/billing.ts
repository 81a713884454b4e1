import { z } from 'zod';
import { BUDGET_STATES } from '../pricing/forecast';
import { METERS } from '../pricing/price';
import { MINIMUM_SECONDS_MAX } from '../pricing/rate';
import { MONTH_PATTERN } from '../usage/month';
import { TIERS, USAGE_RESOURCES } from '../usage/types';
import { idSchema, pageQuerySchema, reasonSchema, shapeSchema, sortSchema, timeSchema } from './common';

export const monthSchema = z
  .string()
  .regex(MONTH_PATTERN, 'A month as 2026-11.')
  .meta({ description: 'A month of UTC, such as 2026-11' });
const daySchema = z.iso.date('A day as 2026-11-01.').meta({ description: 'A day of UTC, such as 2026-11-01' });
export const costCentreSchema = z
  .string()
  .trim()
  .min(1, 'Name a cost centre.')
  .max(40, 'At most 40 characters.')
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'Letters, digits, hyphens and underscores; a letter or digit first.');
const moneySchema = z.string().meta({ description: 'Decimal string, such as "12.30"' });
const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'A currency by its three letters (ISO 4217), such as EUR.');

const price = (what: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}(\.\d{1,10})?$/, 'A number such as 0.012, with at most 10 digits after the point.')
    .meta({ description: what });
const percent = z
  .string()
  .trim()
  .regex(/^(100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?)$/, 'A percentage from 0 to 100.')
  .meta({ description: 'Percent, decimal string' });

export const createRateSchema = z.strictObject({
  costCentre: costCentreSchema.nullable().default(null).meta({ description: 'null: all that have no own rate' }),
  effectiveFrom: daySchema,
  currency: currencySchema,
  vcpuHour: price('Per vCPU and hour'),
  memoryGiBHour: price('Per GiB of memory and hour'),
  diskGiBHour: price('Per GiB of a VM’s disk and hour'),
  volumeGiBHour: price('Per GiB of a data volume and hour'),
  vipHour: price('Per virtual address and hour'),
  spareDiscountPercent: percent,
  minimumSeconds: z
    .int('A whole number of seconds.')
    .min(0)
    .max(MINIMUM_SECONDS_MAX, `At most ${MINIMUM_SECONDS_MAX} seconds.`),
  taxPercent: percent,
  reason: reasonSchema.min(1, 'Say why.'),
});
export type CreateRateInput = z.output<typeof createRateSchema>;

export const rateViewSchema = z.object({
  version: z.int(),
  costCentre: z.string().nullable(),
  effectiveFrom: z.string(),
  currency: z.string(),
  vcpuHour: z.string(),
  memoryGiBHour: z.string(),
  diskGiBHour: z.string(),
  volumeGiBHour: z.string(),
  vipHour: z.string(),
  spareDiscountPercent: z.string(),
  minimumSeconds: z.int(),
  taxPercent: z.string(),
  author: z.string(),
  reason: z.string(),
  createdAt: timeSchema,
  hash: z.string(),
  /** Whether it is the one that holds for its cost centre now. */
  inForce: z.boolean(),
});
export type RateView = z.infer<typeof rateViewSchema>;

export const USAGE_SORTS = ['began'] as const;

export const usageQuerySchema = pageQuerySchema.extend({
  sort: sortSchema(USAGE_SORTS, '-began'),
  month: monthSchema.optional().meta({ description: 'In place of `from` and `to`: a month of UTC, such as 2026-11' }),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  cluster: z.string().max(64).optional().meta({ description: 'Id or name of a cluster' }),
  costCentre: z.string().max(40).optional(),
  tier: z.enum(TIERS).optional(),
  statement: z.string().max(64).optional().meta({ description: 'Only what this statement charges' }),
  line: z.coerce.number().int().min(1).optional().meta({ description: 'With `statement`: only this line' }),
});
export type UsageQuery = z.infer<typeof usageQuerySchema>;

export const usageViewSchema = z.object({
  id: idSchema.max(100),
  resource: z.enum(USAGE_RESOURCES),
  resourceId: z.string(),
  name: z.string(),
  tier: z.enum(TIERS),
  cluster: z.object({ id: z.string(), name: z.string() }),
  costCentre: z.string(),
  site: z.string(),
  host: z.string(),
  shape: shapeSchema,
  startedAt: timeSchema,
  /** null: it goes on. */
  endedAt: timeSchema.nullable(),
  seconds: z.string().meta({ description: 'Decimal string; up to when it was last seen, if it goes on' }),
  /** What it costs by the rates in force, not rounded to the cent. */
  cost: moneySchema,
  currency: z.string(),
  operationId: z.string().nullable(),
  actor: z.string(),
  reason: z.string(),
});
export type UsageView = z.infer<typeof usageViewSchema>;

export const usageDetailSchema = usageViewSchema.extend({
  hash: z.string().nullable(),
  end: z.object({ operationId: z.string().nullable(), actor: z.string(), reason: z.string() }).nullable(),
  operation: z
    .object({
      id: z.string(),
      kind: z.string(),
      requestedBy: z.string(),
      reason: z.string(),
      approvedBy: z.string().nullable(),
    })
    .nullable(),
  charges: z.array(
    z.object({
      meter: z.enum(METERS),
      rateVersion: z.int(),
      quantity: z.string(),
      unit: z.string(),
      unitPrice: z.string(),
      cost: z.string(),
    }),
  ),
});
export type UsageDetail = z.infer<typeof usageDetailSchema>;

export const COST_GROUPS = ['cluster', 'costCentre', 'site', 'reason', 'tier'] as const;
export type CostGroup = (typeof COST_GROUPS)[number];

export const costsQuerySchema = z.object({
  month: monthSchema.optional(),
  compareTo: monthSchema.optional().meta({ description: 'Month beside it; the one before by default' }),
  groupBy: z.enum(COST_GROUPS).default('cluster'),
});
export type CostsQuery = z.infer<typeof costsQuerySchema>;

export const costsViewSchema = z.object({
  month: z.string(),
  previousMonth: z.string(),
  currency: z.string(),
  groupBy: z.enum(COST_GROUPS),
  days: z.array(z.string()),
  groups: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      /** One per day, money not rounded to the cent. */
      perDay: z.array(z.string()),
      total: moneySchema,
      previous: moneySchema,
    }),
  ),
  total: moneySchema,
  previousTotal: moneySchema,
  perHourNow: z.string(),
  forecast: moneySchema.nullable(),
});
export type CostsView = z.infer<typeof costsViewSchema>;

export const clusterCostSchema = z.object({
  currency: z.string(),
  costCentre: z.string(),
  perHourNow: z.string(),
  thisMonth: moneySchema,
  forecast: moneySchema,
  previousMonth: moneySchema,
});
export type ClusterCostView = z.infer<typeof clusterCostSchema>;

/** What a policy did cost or save, beside the size that people last asked for; without tax. */
export const policyCostSchema = z.object({
  currency: z.string(),
  /** Of the size in force; negative where the policy saves. */
  perHourNow: z.string(),
  /** Newest first; months in which it did something, or its size was in force. */
  months: z.array(
    z.object({
      month: z.string(),
      changes: z.int(),
      difference: moneySchema.meta({ description: 'More than without the policy; negative: less' }),
      overlap: moneySchema.meta({ description: 'What old and new VMs together did cost in its changes' }),
    }),
  ),
});
export type PolicyCostView = z.infer<typeof policyCostSchema>;

export const setCostCentreSchema = z.strictObject({
  costCentre: costCentreSchema,
  reason: reasonSchema.min(1, 'Say why.'),
});
export type SetCostCentreInput = z.output<typeof setCostCentreSchema>;

export const STATEMENT_STATES = ['draft', 'closed', 'sent'] as const;

export const statementSummarySchema = z.object({
  id: z.string(),
  month: z.string(),
  costCentre: z.string(),
  state: z.enum(STATEMENT_STATES),
  currency: z.string(),
  net: moneySchema,
  tax: moneySchema,
  total: moneySchema,
  closedAt: timeSchema.nullable(),
  closedBy: z.string().nullable(),
  sentAt: timeSchema.nullable(),
});
export type StatementSummary = z.infer<typeof statementSummarySchema>;

export const statementLineSchema = z.object({
  n: z.int(),
  usageMonth: z.string(),
  correction: z.boolean(),
  cluster: z.object({ id: z.string(), name: z.string() }),
  tier: z.enum(TIERS),
  meter: z.enum(METERS),
  rateVersion: z.int(),
  unit: z.string(),
  /** As it was lived; `quantity` has short runs filled up to the minimum. */
  consumed: z.string(),
  quantity: z.string(),
  unitPrice: z.string(),
  amount: moneySchema,
  taxPercent: z.string(),
  tax: moneySchema,
});
export type StatementLineView = z.infer<typeof statementLineSchema>;

export const STATEMENT_MAIL_STATES = ['pending', 'sent', 'failed'] as const;

export const statementMailSchema = z.object({
  to: z.string(),
  state: z.enum(STATEMENT_MAIL_STATES),
  attempts: z.int(),
  lastError: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: timeSchema,
  nextAttemptAt: timeSchema.nullable(),
});
export type StatementMailView = z.infer<typeof statementMailSchema>;

export const statementViewSchema = statementSummarySchema.extend({
  lines: z.array(statementLineSchema),
  /** What is on its way by mail, or could not be sent. */
  mails: z.array(statementMailSchema),
  sendings: z.array(z.object({ recipients: z.array(z.string()), sentAt: timeSchema, sentBy: z.string() })),
  hash: z.string().nullable(),
});
export type StatementView = z.infer<typeof statementViewSchema>;

export const closeMonthSchema = z.strictObject({ month: monthSchema, reason: reasonSchema.optional() });
export type CloseMonthInput = z.output<typeof closeMonthSchema>;

const recipientsSchema = z.array(z.email('An e-mail address.')).min(1, 'Name whom to send it to.').max(20);

export const sendStatementSchema = z.strictObject({ recipients: recipientsSchema });
export type SendStatementInput = z.output<typeof sendStatementSchema>;

export const setScheduleSchema = z.strictObject({
  costCentre: costCentreSchema.nullable().default(null).meta({ description: 'null: all that have none of their own' }),
  recipients: recipientsSchema,
  dayOfMonth: z
    .int('A day from 1 to 28.')
    .min(1, 'A day from 1 to 28.')
    .max(28, 'A day from 1 to 28.')
    .meta({ description: 'Day (UTC) of the month after; a month that is closed later is sent at once' }),
});
export type SetScheduleInput = z.output<typeof setScheduleSchema>;

export const scheduleIdSchema = z.string().min(1).max(40);

export const scheduleViewSchema = z.object({
  /** A cost centre, or `*` for all that have none of their own. */
  id: z.string(),
  costCentre: z.string().nullable(),
  recipients: z.array(z.string()),
  dayOfMonth: z.int(),
  createdBy: z.string(),
  createdAt: timeSchema,
});
export type ScheduleView = z.infer<typeof scheduleViewSchema>;

export const BUDGET_SCOPES = ['cluster', 'costCentre'] as const;

export const createBudgetSchema = z.strictObject({
  scope: z.enum(BUDGET_SCOPES),
  target: z
    .string()
    .min(1, 'Name what it is for.')
    .max(64)
    .meta({ description: 'A cluster’s id or name, or a cost centre' }),
  amount: z
    .string()
    .trim()
    .regex(/^\d{1,12}(\.\d{1,2})?$/, 'An amount such as 250.00.')
    .refine((text) => Number(text) > 0, 'More than nothing.'),
  thresholds: z
    .array(z.int('Whole percentages, 1 to 100.').min(1, 'From 1 to 100.').max(100, 'From 1 to 100.'))
    .min(1, 'At least one threshold.')
    .max(6)
    .default([50, 80, 100]),
  capsPolicies: z.boolean().default(false).meta({
    description: 'Automatic policies ask for approval before they would have the month end above the budget',
  }),
});
export type CreateBudgetInput = z.output<typeof createBudgetSchema>;

export const budgetViewSchema = z.object({
  id: idSchema,
  scope: z.enum(BUDGET_SCOPES),
  target: z.string(),
  label: z.string(),
  amount: moneySchema,
  currency: z.string(),
  thresholds: z.array(z.int()),
  thisMonth: moneySchema,
  forecast: moneySchema,
  state: z.enum(BUDGET_STATES),
  passedPercent: z.int().nullable(),
  capsPolicies: z.boolean(),
  /** What was said of it this month, newest first. */
  alerts: z.array(z.object({ text: z.string(), at: timeSchema })),
  createdBy: z.string(),
  createdAt: timeSchema,
});
export type BudgetView = z.infer<typeof budgetViewSchema>;

export const FOCUS_VERSIONS = ['1.4', '1.2'] as const;
export type FocusVersion = (typeof FOCUS_VERSIONS)[number];
export const FOCUS_DATASETS = ['cost-and-usage', 'invoice-detail', 'billing-period'] as const;
export type FocusDataset = (typeof FOCUS_DATASETS)[number];

export const FOCUS_FORMATS = ['csv', 'parquet'] as const;
export type FocusFormat = (typeof FOCUS_FORMATS)[number];

export const focusQuerySchema = z.object({
  month: monthSchema,
  version: z.enum(FOCUS_VERSIONS).default('1.4'),
  dataset: z.enum(FOCUS_DATASETS).default('cost-and-usage'),
  format: z.enum(FOCUS_FORMATS).default('csv'),
});
export type FocusQuery = z.infer<typeof focusQuerySchema>;

/** What a plan changes in cost, by the rates in force now; a month has 730 hours here. */
export const planCostSchema = z.object({
  currency: z.string(),
  perHourBefore: z.string(),
  perHourAfter: z.string(),
  perMonthBefore: moneySchema,
  perMonthAfter: moneySchema,
});
export type PlanCostView = z.infer<typeof planCostSchema>;
