import type { NotificationChannel, NotificationDelivery } from '@/lib/db/generated/client';
import { type ChannelView, type DeliveryView, NOTIFICATION_TOPICS } from '@/lib/domain/contract';

export const toChannelView = (row: NotificationChannel): ChannelView => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  target: row.target,
  topics: NOTIFICATION_TOPICS.filter((topic) => row.topics.includes(topic)),
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
});

export type DeliveryRow = NotificationDelivery & { readonly channel: { readonly id: string; readonly name: string } };

export const toDeliveryView = (row: DeliveryRow): DeliveryView => ({
  id: row.id,
  channel: { id: row.channel.id, name: row.channel.name },
  to: row.to,
  topic: row.topic,
  title: row.title,
  state: row.state,
  attempts: row.attempts,
  lastError: row.lastError,
  createdAt: row.createdAt.toISOString(),
  nextAttemptAt: row.state === 'pending' ? row.nextAttemptAt.toISOString() : null,
  sentAt: row.sentAt?.toISOString() ?? null,
});
