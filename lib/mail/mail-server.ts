import { createTransport } from 'nodemailer';

const TIMEOUT_MS = 10_000;

/** As the environment names a mail server: `smtp://user:password@host:587`, or `smtps://…`. */
export interface MailSettings {
  readonly url: string | undefined;
  readonly from: string | undefined;
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly Attachment[];
}

/** Hands a mail to the server. Throws when there is none, or when it refuses the mail. */
export const deliverMail = async ({ url, from }: MailSettings, mail: Mail): Promise<void> => {
  if (url === undefined || from === undefined) {
    throw new Error(
      'there is no mail server: set one under Settings → Mail, or HEADROOM_SMTP_URL and HEADROOM_SMTP_FROM',
    );
  }
  const transport = createTransport(url, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    await transport.sendMail({ ...mail, from, attachments: [...(mail.attachments ?? [])] });
  } finally {
    transport.close();
  }
};
