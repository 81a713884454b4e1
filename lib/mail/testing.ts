import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly to: readonly string[];
  /** As it came in, with its headers. */
  readonly text: string;
}

/** A mail server for tests: takes everything, unless it refuses, and delivers nothing. */
export interface TestMailServer {
  /** `smtp://127.0.0.1:<port>` */
  readonly url: string;
  /** What has come in, oldest first; may be emptied. */
  readonly mails: Mail[];
  /** Whether it turns away what comes in, in the words "not now". */
  isRefusing: boolean;
  close(): Promise<void>;
}

export const startTestMailServer = async (): Promise<TestMailServer> => {
  const mails: Mail[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (server.isRefusing) return done(new Error('not now'));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    smtp.on('error', reject);
    smtp.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = smtp.server.address() as AddressInfo;
  const server: TestMailServer = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    isRefusing: false,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
  return server;
};
