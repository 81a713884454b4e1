import { currentNodeResponse } from './node-response';
import { createOutlet } from './outlet';

const HEARTBEAT_MS = 15_000;
/** Bytes that may wait for a slow client. */
const BUFFER_BYTES_MAX = 256 * 1024;
/** How long a dropped client waits before it comes back. */
const RETRY_MS = 1_000;

export interface SseMessage {
  /** What the client sends back as Last-Event-ID; left out for what is not given again. */
  readonly id?: string;
  /** Event name; `message` when left out. */
  readonly event?: string;
  readonly data: unknown;
}

export interface SseSink {
  readonly send: (message: SseMessage) => void;
  /** A message that was made by `encodeSse`: what goes to many streams is written once. */
  readonly sendEncoded: (bytes: Uint8Array) => void;
  /** Ends the stream and tells the client to come back. */
  readonly drop: () => void;
}

const format = ({ id, event, data }: SseMessage): string =>
  `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;

const encoder = new TextEncoder();

export const encodeSse = (message: SseMessage): Uint8Array => encoder.encode(format(message));

/**
 * A response of server-sent events. `start` is called once and returns what ends the source; that is called once, when
 * the client goes, is dropped for being too slow, or `drop` is called.
 */
export const sseResponse = (
  signal: AbortSignal,
  start: (sink: SseSink) => () => void,
  response = currentNodeResponse(),
): Response => {
  let end: () => void = () => undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        let isOpen = true;
        let stop: (() => void) | null = null;
        // A first byte makes proxies and browsers open the stream at once.
        controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n: open\n\n`));
        const outlet = createOutlet(controller, BUFFER_BYTES_MAX, response);
        const write = (text: string): void => {
          if (isOpen) outlet.write(encoder.encode(text));
        };
        const sendEncoded = (bytes: Uint8Array): void => {
          if (!isOpen) return;
          outlet.write(bytes);
          if (outlet.waitingBytes() >= BUFFER_BYTES_MAX) drop();
        };
        const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
        end = () => {
          if (!isOpen) return;
          isOpen = false;
          clearInterval(heartbeat);
          signal.removeEventListener('abort', end);
          try {
            outlet.close();
            controller.close();
          } catch {
            // The client cancelled it first.
          }
          stop?.();
        };
        const drop = (): void => {
          write(`retry: ${RETRY_MS}\n\n`);
          end();
        };
        signal.addEventListener('abort', end);
        stop = start({
          send: (message) => sendEncoded(encodeSse(message)),
          sendEncoded,
          drop,
        });
        if (!isOpen) stop();
        else if (signal.aborted) end();
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES_MAX }),
  );
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
};
