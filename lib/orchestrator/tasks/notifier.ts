import type { NotificationChannel, NotificationDelivery } from '@/lib/db/generated/client';
import { ATTEMPTS_MAX, recommendationIdOf, retryAfterMs, wants } from '@/lib/domain/notification/message';
import type { MailSettings } from '@/lib/mail/mail-server';
import { openSecret, sealOldSecrets } from '@/lib/usecases/notifications/channel-secret';
import { enqueue } from '@/lib/usecases/notifications/enqueue';
import { readNews } from '@/lib/usecases/notifications/notices';
import { ensureApprovalLink } from '@/lib/usecases/recommendations/approval-links';
import { findMailServer } from '@/lib/usecases/settings/smtp';
import { forEachBounded, type OrchestratorContext } from '../context';
import { mailSettingsOf, sendMail } from '../notifications/mail';
import { sendWebhook } from '../notifications/webhook';
import type { Task } from '../task';

const AT_ONCE = 8;
const BATCH = 100;
const KEEP_MS = 30 * 86_400_000;

export interface NotifierSettings {
  /** The environment's mail server, which wins over the one set in the console. */
  readonly mail: MailSettings;
  /** Where people find the console. */
  readonly consoleUrl: string;
}

export const notifierSettingsOf = (env: Readonly<Record<string, string | undefined>>): NotifierSettings => ({
  mail: mailSettingsOf(env),
  consoleUrl: (env.NEXTAUTH_URL ?? `http://127.0.0.1:${env.PORT ?? '3000'}`).replace(/\/+$/, ''),
});

type Due = NotificationDelivery & { readonly channel: NotificationChannel };

/**
 * Tells channels what they want to be told of: puts it into the delivery log, then sends what is due. A delivery that
 * fails is tried again with growing waits; one is sent twice only when the process dies right after it was sent.
 */
export const notifierWith =
  (settings: NotifierSettings) =>
  (context: Pick<OrchestratorContext, 'db' | 'clock'>): Task => {
    /** Made when it is sent, so that the delivery log holds no link that answers. */
    const answerLinkOf = async ({ to, path }: Due, at: Date): Promise<string | null> => {
      const id = recommendationIdOf(path);
      const answerPath = id === null ? null : await ensureApprovalLink(context.db, id, to, at);
      return answerPath === null ? null : `${settings.consoleUrl}${answerPath}`;
    };

    const send = async (delivery: Due, at: Date): Promise<void> => {
      const { channel, to, topic, title, text, path } = delivery;
      const message = { topic, title, text, link: `${settings.consoleUrl}${path}` };
      if (channel.kind === 'webhook') return sendWebhook(to, openSecret(channel), message, at);
      await sendMail(await findMailServer(context.db, settings.mail), to, {
        ...message,
        answerLink: await answerLinkOf(delivery, at),
      });
    };

    const deliver = async (delivery: Due): Promise<void> => {
      const at = context.clock.now();
      const attempts = delivery.attempts + 1;
      const result = await send(delivery, at).then(
        () => ({ state: 'sent' as const, sentAt: at, lastError: null }),
        (error: unknown) => ({
          state: attempts >= ATTEMPTS_MAX ? ('failed' as const) : ('pending' as const),
          lastError: error instanceof Error ? error.message : String(error),
          nextAttemptAt: new Date(at.getTime() + retryAfterMs(attempts)),
        }),
      );
      await context.db.notificationDelivery.updateMany({
        where: { id: delivery.id, state: 'pending' },
        data: { attempts, ...result },
      });
    };

    /** None is stored plainly any more: to look once is enough. */
    let areSealed = false;

    return {
      name: 'notifier',
      periodMs: 5_000,
      deadlineMs: 120_000,
      run: async () => {
        const { db } = context;
        const now = context.clock.now();
        if (!areSealed) await sealOldSecrets(db);
        areSealed = true;
        const channels = await db.notificationChannel.findMany({ where: { deletedAt: null } });
        if (channels.length > 0) {
          for (const { notice, at } of await readNews(db, now)) {
            const told = channels.filter((channel) => channel.createdAt <= at && wants(channel, notice));
            await enqueue(db, told, notice, now);
          }
        }
        const due = await db.notificationDelivery.findMany({
          where: { state: 'pending', nextAttemptAt: { lte: now } },
          orderBy: { nextAttemptAt: 'asc' },
          take: BATCH,
          include: { channel: true },
        });
        await forEachBounded(due, AT_ONCE, deliver);
        await db.notificationDelivery.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - KEEP_MS) } } });
      },
    };
  };

export const notifier = notifierWith(notifierSettingsOf(process.env));
