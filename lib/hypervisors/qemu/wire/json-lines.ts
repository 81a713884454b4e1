import { connect, type Socket } from 'node:net';
import { HypervisorError } from '../../types';

/** A unix socket that carries one JSON value a line, as QEMU's monitor and guest agent do. */
export interface JsonLines {
  /** Text goes out as UTF-8, bytes as they are. */
  send(data: string | Buffer): void;
  close(): void;
  readonly isOpen: boolean;
}

export interface JsonLinesHandlers {
  onLine(line: string): void;
  onClose(): void;
}

/**
 * The longest line that is taken, in bytes. The guest writes what its agent answers, and must not fill this process's
 * memory: 16 MiB of output, which is the agent's own limit, in base64 for each of two streams.
 */
const LINE_BYTES_MAX = 48 * 2 ** 20;

/** Connects to the socket. Throws `unreachable` when nobody listens there. */
export const connectJsonLines = (path: string, handlers: JsonLinesHandlers): Promise<JsonLines> =>
  new Promise((resolve, reject) => {
    const socket: Socket = connect(path);
    let buffered = '';
    let isOpen = false;
    // latin1 keeps the byte 0xFF, with which the guest agent marks an answer, apart from the text around it.
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      buffered += chunk;
      let end = buffered.indexOf('\n');
      while (end >= 0) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 1);
        if (line.trim() !== '') handlers.onLine(line);
        end = buffered.indexOf('\n');
      }
      if (buffered.length > LINE_BYTES_MAX) socket.destroy();
    });
    socket.once('connect', () => {
      isOpen = true;
      resolve({
        send: (data) => socket.write(data),
        close: () => socket.destroy(),
        get isOpen() {
          return isOpen;
        },
      });
    });
    socket.on('error', (cause) => {
      if (!isOpen) reject(new HypervisorError('unreachable', `${path}: ${cause.message}`, { cause }));
    });
    socket.once('close', () => {
      if (!isOpen) return;
      isOpen = false;
      handlers.onClose();
    });
  });

/** What a line says; the lines came as latin1, JSON is UTF-8. Throws `failed` when it is no JSON. */
export const parseLine = (line: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(line, 'latin1').toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new HypervisorError('failed', `QEMU said what is no JSON: ${line.slice(0, 200)}`);
};
