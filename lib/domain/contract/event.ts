import { z } from 'zod';
import { EVENT_KINDS, type EventKind, OPERATION_LOG_EVENT } from '../event-kinds';
import { idSchema, pageQuerySchema, timeSchema } from './common';

/**
 * What `GET /events` sends: which thing changed, so that a view reads it again. SSE id is an opaque cursor; a client
 * that sends it back as Last-Event-ID gets everything since, once.
 */
export { EVENT_KINDS, type EventKind, OPERATION_LOG_EVENT };

export const eventViewSchema = z.object({
  kind: z.enum(EVENT_KINDS),
  at: timeSchema,
  clusterId: z.string().nullable(),
  operationId: z.string().nullable(),
  payload: z.unknown(),
});
export type EventView = z.infer<typeof eventViewSchema>;

/** An event as it is kept: everything but measurements, of which there are too many. */
export const storedEventSchema = eventViewSchema.extend({
  id: idSchema,
  /** Null when it concerns none, or one that is gone. */
  cluster: z.object({ id: idSchema, name: z.string() }).nullable(),
  /** Of a node: its VM's name. */
  vm: z.string().nullable(),
  /** Of an operation: what it is, and the title of the step that is told of. */
  operation: z.object({ kind: z.string(), step: z.string().nullable() }).nullable(),
});
export type StoredEvent = z.infer<typeof storedEventSchema>;

export const eventsQuerySchema = pageQuerySchema.extend({
  kind: z.enum(EVENT_KINDS).exclude(['metrics']).optional(),
  cluster: z.string().max(64).optional().meta({ description: 'Id or name of a cluster' }),
  operation: z.string().max(64).optional().meta({ description: 'Id of an operation' }),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});
export type EventsQuery = z.output<typeof eventsQuerySchema>;
