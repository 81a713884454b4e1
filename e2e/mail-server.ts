import { type Mail, startTestMailServer } from '../lib/mail/testing';

/** A mail server that takes everything and delivers nothing. */
export interface MailServer {
  /** `smtp://127.0.0.1:<port>` */
  readonly url: string;
  /** What has come in for an address, oldest first, lines whole. */
  mailsTo(address: string): readonly Mail[];
  close(): Promise<void>;
}

/** Quoted-printable as it was before: soft line breaks taken out, `=3D` a character again (RFC 2045, 6.7). */
const decode = (text: string): string =>
  text.replaceAll(/=\r?\n/g, '').replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) => {
    const hex = bytes.replaceAll('=', '');
    return Buffer.from(hex, 'hex').toString('utf8');
  });

export const startMailServer = async (): Promise<MailServer> => {
  const { url, mails, close } = await startTestMailServer();
  return {
    url,
    mailsTo: (address) =>
      mails.filter(({ to }) => to.includes(address)).map(({ to, text }) => ({ to, text: decode(text) })),
    close,
  };
};
