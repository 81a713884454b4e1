import { z } from 'zod';
import {
  eventsQuerySchema,
  eventViewSchema,
  OPERATION_LOG_EVENT,
  pageOf,
  storedEventSchema,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { roleCan } from '@/lib/domain/role';
import { type EventCursor, formatCursor, parseCursor } from '@/lib/events/cursor';
import type { HubEvent } from '@/lib/events/hub';
import { encodeSse, type SseSink, sseResponse } from '@/lib/events/sse';
import { eventHub } from '@/lib/events/web-hub';
import { authorise } from '@/lib/usecases/context';
import { listEvents } from '@/lib/usecases/events/list-events';
import { getOperationRow } from '@/lib/usecases/operations/operations';
import { defineRoute, ok } from '../define-route';
import { followOperation } from '../follow-operation';

const cursorOf = (text: string | null): EventCursor | null => {
  if (text === null || text === '') return null;
  const cursor = parseCursor(text);
  if (cursor === null) throw new HeadroomError('malformed', 'Last-Event-ID is not an id of this stream.');
  return cursor;
};

/** The hub gives the same event to every stream: a thousand of them get the same bytes. */
const encoded = new WeakMap<HubEvent, Uint8Array>();

const bytesOf = (event: HubEvent): Uint8Array => {
  const known = encoded.get(event);
  if (known !== undefined) return known;
  const { cursor, view } = event;
  const id = cursor === null ? {} : { id: formatCursor(cursor) };
  const bytes = encodeSse({ ...id, event: view.kind, data: view });
  encoded.set(event, bytes);
  return bytes;
};

export const eventsRoute = defineRoute({
  method: 'get',
  path: '/events',
  id: 'events',
  tag: 'Events',
  summary: 'Everything that changes and that the caller may see, as server-sent events',
  description:
    'Event name: its `kind`. `Last-Event-ID` resumes after it, without gap or repeat. `metrics` events carry no id and are not given again.',
  query: z.object({
    cluster: z.string().max(64).optional().meta({ description: 'Only what concerns this cluster (id)' }),
    operation: z
      .string()
      .max(64)
      .optional()
      .meta({
        description: `Also the log of this operation (id), from its beginning, as events named \`${OPERATION_LOG_EVENT}\` without an id: what \`GET /operations/{id}/events\` gives`,
      }),
    after: z.string().max(64).optional().meta({ description: 'As `Last-Event-ID`, for who cannot send that header' }),
  }),
  responses: {
    200: { description: 'A stream of events', schema: eventViewSchema, contentType: 'text/event-stream' },
  },
  handle: async ({ context, query, request }) => {
    authorise(context, 'cluster.read');
    const after = cursorOf(request.headers.get('last-event-id') ?? query.after ?? null);
    const seesAudit = roleCan(context.actor.role, 'audit.read');
    const operation = query.operation === undefined ? null : await getOperationRow(context.db, query.operation);
    const subscribe = (sink: SseSink): (() => void) =>
      eventHub().subscribe({
        after,
        onDropped: sink.drop,
        onEvent: (event) => {
          const { view } = event;
          if (view.kind === 'audit' && !seesAudit) return;
          if (query.cluster !== undefined && view.clusterId !== null && view.clusterId !== query.cluster) return;
          sink.sendEncoded(bytesOf(event));
        },
      });
    return sseResponse(request.signal, (sink) => {
      const unsubscribe = subscribe(sink);
      if (operation === null) return unsubscribe;
      const unfollow = followOperation({ db: context.db, operation, afterSeq: 0, sink }, (event) => ({
        event: OPERATION_LOG_EVENT,
        data: { ...event, operationId: operation.id },
      }));
      return () => {
        unsubscribe();
        unfollow();
      };
    });
  },
});

export const listEventsRoute = defineRoute({
  method: 'get',
  path: '/events/log',
  id: 'listEvents',
  tag: 'Events',
  summary: 'What happened, newest first',
  query: eventsQuerySchema,
  responses: { 200: { description: 'A page of events', schema: pageOf(storedEventSchema) } },
  handle: async ({ context, query }) => ok(await listEvents(context, query)),
});
