import { createTransport } from 'nodemailer';
import type { Message } from './webhook';

const TIMEOUT_MS = 10_000;

export interface MailSettings {
  /** `smtp://user:password@host:587`, or `smtps://…` */
  readonly url: string | undefined;
  readonly from: string | undefined;
}

export const mailSettingsOf = (env: Readonly<Record<string, string | undefined>>): MailSettings => ({
  url: env.HEADROOM_SMTP_URL,
  from: env.HEADROOM_SMTP_FROM,
});

/** The text of a mail: what it is about, then where to go. */
const mailText = ({ text, link, answerLink }: Message): string =>
  answerLink == null
    ? `${text}\n\n${link}\n`
    : `${text}\n\nApprove or reject; the link is for you alone and works once:\n${answerLink}\n\nIn the console:\n${link}\n`;

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** Throws when there is no mail server, or when it refuses the message. */
export const sendMail = async (
  { url, from }: MailSettings,
  to: string,
  message: Message,
  attachments: readonly Attachment[] = [],
): Promise<void> => {
  if (url === undefined || from === undefined) {
    throw new Error('there is no mail server: set HEADROOM_SMTP_URL and HEADROOM_SMTP_FROM');
  }
  const transport = createTransport(url, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    await transport.sendMail({
      from,
      to,
      subject: message.title,
      text: mailText(message),
      attachments: [...attachments],
    });
  } finally {
    transport.close();
  }
};
