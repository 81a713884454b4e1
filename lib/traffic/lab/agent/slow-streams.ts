import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { FailedRequest } from '@/lib/domain/operation';
import type { PublishedTarget } from '../../types';
import { CUT_OFF, header, TIMED_OUT } from './http-get';

/** Streams last differently long, so that they do not all begin and end together. */
const SECONDS_MIN = 8;
const SECONDS_MAX = 12;
/** The built-in `web` workload writes once a second; a stream that says nothing for so long is dead. */
const SILENCE_MS_MAX = 5_000;
/** Before a stream that could not be opened is tried again. */
const REOPEN_MS = 500;

export interface StreamCounters {
  /** Answers of `/slow` that came to their end. */
  completedStreams: number;
  /** Streams that were established and ended before their time. */
  brokenStreams: number;
}

/** Keeps a number of slow answers (`/slow?seconds=…`) under way at all times, each on a connection of its own. */
export class SlowStreams {
  readonly #agent = new Agent({ keepAlive: false });
  readonly #open = new Set<ClientRequest>();
  #wanted = 0;
  #reopenMs = 0;

  constructor(
    private readonly target: PublishedTarget,
    private readonly counters: StreamCounters,
    /** Told of streams that could not be opened. */
    private readonly noteFailure: (failure: FailedRequest) => void,
  ) {}

  get open(): number {
    return this.#open.size;
  }

  /** With fewer wanted than are open the surplus ends by itself; with none, all are let go and count nowhere. */
  setWanted(count: number): void {
    this.#wanted = count;
    if (count > 0) return;
    const streams = [...this.#open];
    this.#open.clear();
    for (const stream of streams) stream.destroy();
  }

  /** One more at each beat: all at once would be a burst that has nothing to do with what is measured. */
  beat(nowMs: number): void {
    if (nowMs < this.#reopenMs) return;
    if (this.#open.size < this.#wanted) this.#start();
  }

  #start(): void {
    const seconds = SECONDS_MIN + Math.random() * (SECONDS_MAX - SECONDS_MIN);
    const { vip: host, servicePort: port } = this.target;
    const at = new Date();
    const beganMs = performance.now();
    const stream = request({ host, port, path: `/slow?seconds=${seconds.toFixed(1)}`, agent: this.#agent });
    let answer: IncomingMessage | null = null;
    const end = (isComplete: boolean, error = CUT_OFF): void => {
      if (!this.#open.delete(stream)) return;
      stream.destroy();
      const afterMs = performance.now() - beganMs;
      const status = answer?.statusCode ?? null;
      const isEstablished = status === 200;
      const isWhole = isComplete && afterMs >= (seconds * 1_000) / 2;
      if (isWhole) this.counters.completedStreams += 1;
      else if (isEstablished) this.counters.brokenStreams += 1;
      else {
        const node = header(answer, 'x-served-by') ?? header(answer, 'x-headroom-via');
        const what = { status, error: status === null ? error : `HTTP ${status}` };
        this.noteFailure({ at, afterMs: Math.round(afterMs), ...what, node });
      }
      if (!isEstablished) this.#reopenMs = performance.now() + REOPEN_MS;
    };
    this.#open.add(stream);
    stream.setTimeout(SILENCE_MS_MAX, () => end(false, TIMED_OUT));
    stream.on('response', (response) => {
      answer = response;
      response.resume();
      response.once('end', () => end(response.complete));
      response.once('error', () => end(false));
      response.once('close', () => end(false));
    });
    stream.once('error', (cause: NodeJS.ErrnoException) => end(false, cause.code ?? cause.message));
    stream.end();
  }
}
