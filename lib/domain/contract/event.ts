import { z } from 'zod';
import { timeSchema } from './common';

/**
 * What `GET /events` sends: which thing changed, so that a view reads it again. SSE id is an opaque cursor; a client
 * that sends it back as Last-Event-ID gets everything since, once.
 */
export const EVENT_KINDS = [
  'cluster',
  'node',
  'operation',
  'host',
  'metrics',
  'audit',
  'workload',
  'policy',
  'recommendation',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const eventViewSchema = z.object({
  kind: z.enum(EVENT_KINDS),
  at: timeSchema,
  clusterId: z.string().nullable(),
  operationId: z.string().nullable(),
  payload: z.unknown(),
});
export type EventView = z.infer<typeof eventViewSchema>;
