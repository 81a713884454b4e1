import type { NotificationChannel } from '@/lib/db/generated/client';
import { open, seal } from '@/lib/secrets/seal';
import type { Database } from '../context';

/** What every webhook's secret begins with, as its receiver has it. */
export const SECRET_PREFIX = 'whsec_';

const purposeOf = (channelId: string): string => `notification/${channelId}/secret`;

export const sealSecret = (channelId: string, secret: string): string => seal(secret, purposeOf(channelId));

/** The secret as its receiver has it; empty for channels without. Throws `unavailable` when it does not open. */
export const openSecret = ({ id, secret }: Pick<NotificationChannel, 'id' | 'secret'>): string =>
  secret === null ? '' : open(secret, purposeOf(id));

/** Seals secrets that were stored before secrets were sealed. Repeating it changes nothing. */
export const sealOldSecrets = async (db: Database): Promise<void> => {
  const plain = await db.notificationChannel.findMany({ where: { secret: { startsWith: SECRET_PREFIX } } });
  for (const { id, secret } of plain) {
    if (secret === null) continue;
    await db.notificationChannel.updateMany({ where: { id, secret }, data: { secret: sealSecret(id, secret) } });
  }
};
