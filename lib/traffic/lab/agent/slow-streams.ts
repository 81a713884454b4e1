import { Agent, type ClientRequest, request } from 'node:http';
import type { PublishedTarget } from '../../types';

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
  /** Streams that could not be opened. */
  failed: number;
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
    const beganMs = performance.now();
    const stream = request({ host, port, path: `/slow?seconds=${seconds.toFixed(1)}`, agent: this.#agent });
    let isEstablished = false;
    const end = (isComplete: boolean): void => {
      if (!this.#open.delete(stream)) return;
      stream.destroy();
      const isWhole = isComplete && performance.now() - beganMs >= (seconds * 1_000) / 2;
      if (isWhole) this.counters.completedStreams += 1;
      else if (isEstablished) this.counters.brokenStreams += 1;
      else this.counters.failed += 1;
      if (!isEstablished) this.#reopenMs = performance.now() + REOPEN_MS;
    };
    this.#open.add(stream);
    stream.setTimeout(SILENCE_MS_MAX, () => end(false));
    stream.on('response', (response) => {
      isEstablished = response.statusCode === 200;
      response.resume();
      response.once('end', () => end(response.complete));
      response.once('error', () => end(false));
      response.once('close', () => end(false));
    });
    stream.once('error', () => end(false));
    stream.end();
  }
}
