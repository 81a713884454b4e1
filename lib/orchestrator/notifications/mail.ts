import { type Attachment, deliverMail, type MailSettings } from '@/lib/mail/mail-server';
import { mailHtml } from './mail-html';
import type { Message } from './webhook';

export const mailSettingsOf = (env: Readonly<Record<string, string | undefined>>): MailSettings => ({
  url: env.HEADROOM_SMTP_URL,
  from: env.HEADROOM_SMTP_FROM,
});

/** The text of a mail: what it is about, then where to go. */
const mailText = ({ text, link, answerLink }: Message): string =>
  answerLink == null
    ? `${text}\n\n${link}\n`
    : `${text}\n\nApprove or reject; the link is for you alone and works once:\n${answerLink}\n\nIn the console:\n${link}\n`;

/** Throws when there is no mail server, or when it refuses the message. */
export const sendMail = (
  settings: MailSettings,
  to: string,
  message: Message,
  attachments: readonly Attachment[] = [],
): Promise<void> =>
  deliverMail(settings, {
    to,
    subject: message.title,
    text: mailText(message),
    html: mailHtml(message),
    attachments,
  });
