import { type Agent, type IncomingMessage, request } from 'node:http';
import type { StallLog } from './stalls';

export interface GetOptions {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly timeoutMs: number;
  /** Within which there must be a connection; `timeoutMs` when left out. */
  readonly connectMs?: number;
  readonly agent: Agent;
  readonly stalls: StallLog;
  /** Keeps this much of the body; 0 reads and drops it. */
  readonly bodyBytesMax?: number;
}

export interface GetResult {
  /** The whole answer came, with a status below 400. */
  readonly ok: boolean;
  readonly status: number | null;
  readonly servedBy: string | null;
  /** Name of the node whose proxy answered, of itself or for an application. */
  readonly via: string | null;
  readonly body: string;
  readonly error: string | null;
  /** `performance.now()` when the last byte came, or when it failed. */
  readonly endedMs: number;
  /** It failed on a kept connection before any byte of the answer: the server had closed it meanwhile. */
  readonly connectionWasStale: boolean;
}

/** One GET, to the last byte of its answer. Never rejects. The time limit does not run while this process stalls. */
export const httpGet = (options: GetOptions): Promise<GetResult> =>
  new Promise((resolve) => {
    const { address: host, port, path, agent, timeoutMs, stalls, bodyBytesMax = 0 } = options;
    const { connectMs = timeoutMs } = options;
    const beganMs = performance.now();
    let response: IncomingMessage | null = null;
    let body = '';
    let timer: NodeJS.Timeout | undefined;

    const end = (error: string | null): void => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      const status = response?.statusCode ?? null;
      resolve({
        ok: error === null && status !== null && status < 400,
        status,
        servedBy: header(response, 'x-served-by'),
        via: header(response, 'x-headroom-via'),
        body,
        error: error ?? (status !== null && status >= 400 ? `HTTP ${status}` : null),
        endedMs: performance.now(),
        connectionWasStale:
          error !== null && response === null && sent.reusedSocket && error !== TIMED_OUT && error !== NO_CONNECTION,
      });
    };
    const arm = (ms: number): void => {
      timer = setTimeout(() => {
        const isConnected = sent.socket?.connecting === false;
        const leftMs = (isConnected ? timeoutMs : connectMs) - stalls.observedMs(beganMs, performance.now());
        if (leftMs > 1) return arm(leftMs);
        end(isConnected ? TIMED_OUT : NO_CONNECTION);
        sent.destroy();
      }, ms);
    };

    const sent = request({ host, port, path, agent, headers: { 'user-agent': 'headroom-traffic' } });
    arm(connectMs);
    sent.on('response', (incoming) => {
      response = incoming;
      incoming.on('data', (chunk: Buffer) => {
        if (body.length < bodyBytesMax) body += chunk.toString('latin1');
      });
      incoming.once('end', () => end(incoming.complete ? null : CUT_OFF));
      // A connection that ends in the middle of an answer is all that Node tells by an error here.
      incoming.once('error', () => end(CUT_OFF));
      incoming.once('close', () => end(CUT_OFF));
    });
    sent.once('error', (cause: NodeJS.ErrnoException) => end(cause.code ?? cause.message));
    sent.end();
  });

export const TIMED_OUT = 'no answer in time';
const NO_CONNECTION = 'no connection in time';
export const CUT_OFF = 'the answer was cut off';

export const header = (response: IncomingMessage | null, name: string): string | null => {
  const value = response?.headers[name];
  return typeof value === 'string' ? value : null;
};
