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
      text: `${message.text}\n\n${message.link}\n`,
      attachments: [...attachments],
    });
  } finally {
    transport.close();
  }
};
