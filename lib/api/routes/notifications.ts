import {
  channelCreatedSchema,
  channelViewSchema,
  createChannelSchema,
  deliveryViewSchema,
  pageOf,
  pageQuerySchema,
  updateChannelSchema,
} from '@/lib/domain/contract';
import {
  createChannel,
  deleteChannel,
  listChannels,
  listDeliveries,
  testChannel,
  updateChannel,
} from '@/lib/usecases/notifications/channels';
import { accepted, created, defineRoute, idParams, ok } from '../define-route';

const tag = 'Notifications';

export const listChannelsRoute = defineRoute({
  method: 'get',
  path: '/notifications',
  id: 'listChannels',
  tag,
  summary: 'Who is told of what',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of channels', schema: pageOf(channelViewSchema) } },
  handle: async ({ context, query }) => ok(await listChannels(context, query)),
});

export const createChannelRoute = defineRoute({
  method: 'post',
  path: '/notifications',
  id: 'createChannel',
  tag,
  summary: 'Have a person, a role or a webhook told',
  description: "A webhook's secret is shown once. Its requests carry `X-Headroom-Signature`: `t=<seconds>,v1=<HMAC>`.",
  body: createChannelSchema,
  responses: { 201: { description: 'The channel', schema: channelCreatedSchema } },
  showsSecret: true,
  handle: async ({ context, body }) => created(await createChannel(context, body)),
});

export const updateChannelRoute = defineRoute({
  method: 'patch',
  path: '/notifications/{id}',
  id: 'updateChannel',
  tag,
  summary: 'Change the name or the topics of a channel',
  params: idParams,
  body: updateChannelSchema,
  responses: { 200: { description: 'The channel', schema: channelViewSchema } },
  errors: [404],
  handle: async ({ context, params, body }) => ok(await updateChannel(context, params.id, body)),
});

export const deleteChannelRoute = defineRoute({
  method: 'delete',
  path: '/notifications/{id}',
  id: 'deleteChannel',
  tag,
  summary: 'End a channel',
  params: idParams,
  responses: { 200: { description: 'The channel that was removed', schema: channelViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await deleteChannel(context, params.id)),
});

export const testChannelRoute = defineRoute({
  method: 'post',
  path: '/notifications/{id}/test',
  id: 'testChannel',
  tag,
  summary: 'Have a test message sent',
  params: idParams,
  responses: { 202: { description: 'The channel; the delivery log shows the result', schema: channelViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => accepted(await testChannel(context, params.id)),
});

export const listDeliveriesRoute = defineRoute({
  method: 'get',
  path: '/notifications/deliveries',
  id: 'listDeliveries',
  tag,
  summary: 'The delivery log, newest first',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of deliveries', schema: pageOf(deliveryViewSchema) } },
  handle: async ({ context, query }) => ok(await listDeliveries(context, query)),
});
