import { z } from 'zod';
import { OPERATION_SORTS } from '../list-orders';
import { FAILURES_TOLD_MAX, OPERATION_STATES, STEP_STATES } from '../operation';
import { OPERATION_KINDS } from '../plan';
import { idSchema, pageQuerySchema, searchSchema, sortSchema, timeSchema } from './common';
import { planViewSchema } from './plan';

/** A request to the VIP that failed. */
export const failedRequestSchema = z.object({
  at: timeSchema.meta({ description: 'When it was sent: ISO 8601, UTC' }),
  afterMs: z.number().meta({ description: 'Milliseconds from sending to the failure' }),
  status: z.int().nullable().meta({ description: 'HTTP status; null where no answer began' }),
  error: z.string().meta({ description: 'What happened, such as “HTTP 503” or “no answer in time”' }),
  node: z.string().nullable().meta({ description: 'Name of the node that said so; null where none gave its name' }),
});
export type FailedRequestView = z.infer<typeof failedRequestSchema>;

export const receiptSchema = z.object({
  requests: z.int(),
  failed: z.int(),
  longestGapMs: z.number(),
  failures: z
    .array(failedRequestSchema)
    .meta({ description: `The first that failed, at most ${FAILURES_TOLD_MAX}, in the order in which they were sent` }),
  startedAt: timeSchema,
  endedAt: timeSchema,
});
export type ReceiptView = z.infer<typeof receiptSchema>;

export const stepViewSchema = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  state: z.enum(STEP_STATES),
  startedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  detail: z.string().nullable(),
});
export type StepView = z.infer<typeof stepViewSchema>;

export const operationSummarySchema = z.object({
  id: idSchema,
  kind: z.enum(OPERATION_KINDS),
  cluster: z.object({ id: idSchema, name: z.string() }),
  state: z.enum(OPERATION_STATES),
  requestedBy: z.string(),
  reason: z.string(),
  approvedBy: z.string().nullable(),
  summary: z.string().nullable(),
  stepsDone: z.int(),
  stepsTotal: z.int(),
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  receipt: receiptSchema.nullable(),
});
export type OperationSummary = z.infer<typeof operationSummarySchema>;

export const operationViewSchema = operationSummarySchema.extend({
  steps: z.array(stepViewSchema),
  plan: planViewSchema,
  cancelRequested: z.boolean(),
  /** Milliseconds that steps of each kind took in past operations, while this one is active; else empty. */
  typicalStepMs: z.record(z.string(), z.number()),
});
export type OperationView = z.infer<typeof operationViewSchema>;

export const operationsQuerySchema = pageQuerySchema.extend({
  cluster: z.string().optional(),
  state: z.enum(OPERATION_STATES).optional(),
  active: z.stringbool().optional(),
  kind: z.enum(OPERATION_KINDS).optional(),
  q: searchSchema.meta({ description: 'Part of a cluster’s name, of who asked, or of the reason' }),
  sort: sortSchema(OPERATION_SORTS, '-created'),
});
export type OperationsQuery = z.output<typeof operationsQuerySchema>;

/** One server-sent event of `GET /operations/:id/events`; its SSE id is `seq`. */
export const operationEventSchema = z.object({
  seq: z.int(),
  at: timeSchema,
  type: z.string(),
  stepId: z.string().nullable(),
  message: z.string().nullable(),
  /** The operation after this event. */
  operation: z.object({ state: z.enum(OPERATION_STATES), stepsDone: z.int(), stepsTotal: z.int() }),
  step: stepViewSchema.nullable(),
});
export type OperationEventView = z.infer<typeof operationEventSchema>;
