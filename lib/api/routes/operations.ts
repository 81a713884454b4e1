import { z } from 'zod';
import {
  operationEventSchema,
  operationSummarySchema,
  operationsQuerySchema,
  operationViewSchema,
  pageOf,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { sseResponse } from '@/lib/events/sse';
import { authorise } from '@/lib/usecases/context';
import { cancelOperation } from '@/lib/usecases/operations/cancel-operation';
import { getOperation, getOperationRow, listOperations } from '@/lib/usecases/operations/operations';
import { retryOperation } from '@/lib/usecases/operations/retry-operation';
import { accepted, defineRoute, idParams, ok } from '../define-route';
import { followOperation } from '../follow-operation';

const tag = 'Operations';

export const listOperationsRoute = defineRoute({
  method: 'get',
  path: '/operations',
  id: 'listOperations',
  tag,
  summary: 'Operations, newest first',
  query: operationsQuerySchema,
  responses: { 200: { description: 'A page of operations', schema: pageOf(operationSummarySchema) } },
  handle: async ({ context, query }) => ok(await listOperations(context, query)),
});

export const getOperationRoute = defineRoute({
  method: 'get',
  path: '/operations/{id}',
  id: 'getOperation',
  tag,
  summary: 'One operation with its steps, plan and receipt',
  params: idParams,
  responses: { 200: { description: 'The operation', schema: operationViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getOperation(context, params.id)),
});

export const cancelOperationRoute = defineRoute({
  method: 'post',
  path: '/operations/{id}/cancel',
  id: 'cancelOperation',
  tag,
  summary: 'Undo what can be undone',
  params: idParams,
  body: z.strictObject({}),
  responses: { 202: { description: 'The operation', schema: operationViewSchema } },
  errors: [404, 409],
  handle: async ({ context, params }) => accepted(await cancelOperation(context, params.id)),
});

export const retryOperationRoute = defineRoute({
  method: 'post',
  path: '/operations/{id}/retry',
  id: 'retryOperation',
  tag,
  summary: 'Drive a stuck operation on',
  params: idParams,
  body: z.strictObject({}),
  responses: { 202: { description: 'The operation', schema: operationViewSchema } },
  errors: [404, 409],
  handle: async ({ context, params }) => accepted(await retryOperation(context, params.id)),
});

const parseSeq = (text: string | null): number => {
  if (text === null || text === '') return 0;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new HeadroomError('malformed', 'Last-Event-ID is the number of an event of this operation.');
};

export const operationEventsRoute = defineRoute({
  method: 'get',
  path: '/operations/{id}/events',
  id: 'operationEvents',
  tag,
  summary: "The operation's log as server-sent events",
  description: 'Each event has its number as id. `Last-Event-ID` resumes after it, without gap or repeat.',
  params: idParams,
  responses: {
    200: { description: 'A stream of events', schema: operationEventSchema, contentType: 'text/event-stream' },
  },
  errors: [404],
  handle: async ({ context, params, request }) => {
    authorise(context, 'cluster.read');
    const afterSeq = parseSeq(request.headers.get('last-event-id'));
    const operation = await getOperationRow(context.db, params.id);
    return sseResponse(request.signal, (sink) =>
      followOperation({ db: context.db, operation, afterSeq, sink }, (event) => ({
        id: String(event.seq),
        data: event,
      })),
    );
  },
});
