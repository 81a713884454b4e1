import type { NotificationChannel } from '@/lib/db/generated/client';
import type { Notice } from '@/lib/domain/notification/message';
import { ROLES } from '@/lib/domain/role';
import type { Database, Transaction } from '../context';
import { newId } from '../ids';

/** Whom a channel writes to now: for a role everybody who has it and may sign in. */
const addressesOf = async (
  db: Database | Transaction,
  channel: Pick<NotificationChannel, 'kind' | 'target'>,
): Promise<readonly string[]> => {
  const role = ROLES.find((r) => r === channel.target);
  if (channel.kind !== 'role' || role === undefined) return [channel.target];
  const people = await db.user.findMany({ where: { role, disabledAt: null }, select: { email: true } });
  return people.map(({ email }) => email);
};

/** Puts a notice into the delivery log of these channels; what is there already stays as it is. */
export const enqueue = async (
  db: Database | Transaction,
  channels: readonly Pick<NotificationChannel, 'id' | 'kind' | 'target'>[],
  notice: Notice,
  now: Date,
): Promise<void> => {
  for (const channel of channels) {
    const addresses = await addressesOf(db, channel);
    if (addresses.length === 0) continue;
    const { key, topic, title, text, path } = notice;
    await db.notificationDelivery.createMany({
      data: addresses.map((to) => ({
        id: newId(),
        channelId: channel.id,
        key,
        to,
        topic,
        title,
        text,
        path,
        createdAt: now,
        nextAttemptAt: now,
      })),
      skipDuplicates: true,
    });
  }
};
