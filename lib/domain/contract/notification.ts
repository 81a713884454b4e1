import { z } from 'zod';
import { NOTIFICATION_TOPICS, type NotificationTopic } from '../notification/topics';
import { ROLES } from '../role';
import { idSchema, timeSchema } from './common';

export { NOTIFICATION_TOPICS, type NotificationTopic };

const topicsSchema = z.array(z.enum(NOTIFICATION_TOPICS)).min(1, 'At least one topic.').max(NOTIFICATION_TOPICS.length);
const channelShape = { name: z.string().trim().min(1, 'Give it a name.').max(60), topics: topicsSchema };

export const createChannelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), ...channelShape, email: z.email('An e-mail address.') }),
  z.strictObject({
    kind: z.literal('role'),
    ...channelShape,
    role: z.enum(ROLES).meta({ description: 'Everybody who has it is written to' }),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    ...channelShape,
    url: z.url({ protocol: /^https?$/, message: 'An http or https address.' }),
  }),
]);
export type CreateChannelInput = z.output<typeof createChannelSchema>;

/** Whom a channel tells stays as it is: another one is another channel. */
export const updateChannelSchema = z.strictObject({
  name: channelShape.name.optional(),
  topics: topicsSchema.optional(),
});
export type UpdateChannelInput = z.output<typeof updateChannelSchema>;

export const CHANNEL_KINDS = ['person', 'role', 'webhook'] as const;

export const channelViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  /** An e-mail address, a role, or a URL. */
  target: z.string(),
  topics: z.array(z.enum(NOTIFICATION_TOPICS)),
  createdAt: timeSchema,
  createdBy: z.string(),
});
export type ChannelView = z.infer<typeof channelViewSchema>;

/** The secret that signs a webhook's requests is shown once; null for mail. */
export const channelCreatedSchema = channelViewSchema.extend({ secret: z.string().nullable() });
export type ChannelCreated = z.infer<typeof channelCreatedSchema>;

export const DELIVERY_STATES = ['pending', 'sent', 'failed'] as const;

export const deliveryViewSchema = z.object({
  id: idSchema,
  channel: z.object({ id: idSchema, name: z.string() }),
  to: z.string(),
  topic: z.string(),
  title: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  lastError: z.string().nullable(),
  createdAt: timeSchema,
  nextAttemptAt: timeSchema.nullable(),
  sentAt: timeSchema.nullable(),
});
export type DeliveryView = z.infer<typeof deliveryViewSchema>;
