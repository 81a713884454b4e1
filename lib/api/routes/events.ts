import { z } from 'zod';
import { eventsQuerySchema, eventViewSchema, pageOf, storedEventSchema } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { roleCan } from '@/lib/domain/role';
import { type EventCursor, formatCursor, parseCursor } from '@/lib/events/cursor';
import type { HubEvent } from '@/lib/events/hub';
import { encodeSse, sseResponse } from '@/lib/events/sse';
import { eventHub } from '@/lib/events/web-hub';
import { authorise } from '@/lib/usecases/context';
import { listEvents } from '@/lib/usecases/events/list-events';
import { defineRoute, ok } from '../define-route';

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
  }),
  responses: {
    200: { description: 'A stream of events', schema: eventViewSchema, contentType: 'text/event-stream' },
  },
  handle: async ({ context, query, request }) => {
    authorise(context, 'cluster.read');
    const after = cursorOf(request.headers.get('last-event-id'));
    const seesAudit = roleCan(context.actor.role, 'audit.read');
    return sseResponse(request.signal, (sink) =>
      eventHub().subscribe({
        after,
        onDropped: sink.drop,
        onEvent: (event) => {
          const { view } = event;
          if (view.kind === 'audit' && !seesAudit) return;
          if (query.cluster !== undefined && view.clusterId !== null && view.clusterId !== query.cluster) return;
          sink.sendEncoded(bytesOf(event));
        },
      }),
    );
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
