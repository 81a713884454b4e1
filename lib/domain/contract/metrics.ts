import { z } from 'zod';
import { LOADS_MAX } from '../loads';
import { METRICS, type MetricName } from '../metrics';
import { timeSchema } from './common';

export { METRICS, type MetricName };

export const metricsQuerySchema = z.object({
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  /** Milliseconds between points; the server makes it no finer than the samples and no more than 2,000 points a series. */
  step: z.coerce.number().int().min(1000).max(86_400_000).optional(),
});
export type MetricsQuery = z.infer<typeof metricsQuerySchema>;

const valuesSchema = z.record(z.enum(METRICS), z.array(z.number().nullable()));

export const metricsViewSchema = z.object({
  from: timeSchema,
  to: timeSchema,
  stepMs: z.int(),
  /** Times of the points, milliseconds since 1970; each series has one value (or null) per time. */
  times: z.array(z.number()),
  cluster: valuesSchema,
  nodes: z.array(z.object({ id: z.string(), name: z.string(), values: valuesSchema })),
  /** Moments of operations and of policies' decisions in this time, to be marked on charts. */
  marks: z.array(
    z.object({
      at: timeSchema,
      kind: z.enum(['operation', 'decision']),
      /** Of the operation or the evaluation. */
      id: z.string(),
      label: z.string(),
    }),
  ),
});
export type MetricsView = z.infer<typeof metricsViewSchema>;

export const loadsQuerySchema = z.object({
  clusters: z
    .string()
    .max(8_000)
    .transform((text) => text.split(',').filter((id) => id !== ''))
    .pipe(z.array(z.string()).min(1).max(LOADS_MAX))
    .meta({ description: 'Ids, separated by commas' }),
});

export const loadsViewSchema = z.object({
  loads: z.array(
    z.object({
      clusterId: z.string(),
      /** Requests per second of the last ten minutes, oldest first; null where nothing was measured. */
      values: z.array(z.number().nullable()),
    }),
  ),
});
export type LoadsView = z.infer<typeof loadsViewSchema>;
