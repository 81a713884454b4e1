import { Agent } from 'node:http';
import { FAILURES_TOLD_MAX, type FailedRequest } from '@/lib/domain/operation';
import type { LoadSpec, LoadStatus, PublishedTarget } from '../../types';
import type { Heartbeat } from './heartbeat';
import { type GetResult, httpGet } from './http-get';
import { SlowStreams } from './slow-streams';

/** Requests per second at most. */
export const LOAD_RATE_MAX = 500;
export const SLOW_STREAMS_MAX = 200;
const TIMEOUT_MS = 8_000;
/** Requests under way at most: what the highest rate makes while nothing answers within the time limit. */
const IN_FLIGHT_MAX = (LOAD_RATE_MAX * TIMEOUT_MS) / 1_000;
/**
 * One request of so many comes on a new connection, the others on kept ones, as browsers and proxies do it. The prober
 * is there for those who come newly.
 */
const NEW_CONNECTION_EVERY = 10;
const KEPT_CONNECTIONS_MAX = 64;
/** After a stall the requests that it kept back are sent, but no more than of this time. */
const CATCH_UP_MS_MAX = 500;

/**
 * Open-loop load: requests are sent by the clock, whatever became of the earlier ones.
 *
 * A request on a kept connection that the server had closed meanwhile is sent once more on a new one, as HTTP has
 * clients do with a GET (RFC 9110, 9.2.2); it counts as failed when that fails too.
 */
export class Load {
  readonly #stop: () => void;
  readonly #kept = new Agent({
    keepAlive: true,
    scheduling: 'fifo',
    maxSockets: Number.POSITIVE_INFINITY,
    maxFreeSockets: KEPT_CONNECTIONS_MAX,
  });
  readonly #fresh = new Agent({ keepAlive: false });
  readonly #streams: SlowStreams;
  readonly #counters = { sent: 0, failed: 0, brokenStreams: 0, completedStreams: 0 };
  readonly #failures: FailedRequest[] = [];
  #spec: LoadSpec;
  #startedAt: Date | null = new Date();
  #inFlight = 0;
  #dueMs = performance.now();
  #lastAnswerMs = performance.now();
  #longestGapMs = 0;

  constructor(
    private readonly target: PublishedTarget,
    spec: LoadSpec,
    private readonly heartbeat: Heartbeat,
  ) {
    this.#spec = spec;
    this.#streams = new SlowStreams(target, this.#counters, (failure) => this.#noteFailure(failure));
    this.#streams.setWanted(spec.slowStreams);
    this.#stop = heartbeat.onBeat((nowMs) => this.#beat(nowMs), { fast: true });
  }

  get isRunning(): boolean {
    return this.#startedAt !== null;
  }

  /** Goes on counting. */
  change(spec: LoadSpec): void {
    const nowMs = performance.now();
    if (this.#spec.requestsPerSecond > 0) this.#noteGap(nowMs);
    this.#spec = spec;
    this.#dueMs = nowMs;
    this.#lastAnswerMs = nowMs;
    this.#streams.setWanted(spec.slowStreams);
  }

  /** Sends nothing any more; what was counted stays to be read. */
  end(): void {
    if (this.#startedAt === null) return;
    this.change({ ...this.#spec, requestsPerSecond: 0, slowStreams: 0 });
    this.#startedAt = null;
    this.#stop();
    this.#kept.destroy();
    this.#fresh.destroy();
  }

  status(): LoadStatus {
    const isSending = this.#spec.requestsPerSecond > 0;
    const tailMs = isSending ? this.heartbeat.stalls.observedMs(this.#lastAnswerMs, performance.now()) : 0;
    return {
      ...this.#spec,
      ...this.#counters,
      longestGapMs: Math.round(Math.max(this.#longestGapMs, tailMs)),
      failures: [...this.#failures],
      startedAt: this.#startedAt,
    };
  }

  #beat(nowMs: number): void {
    this.#streams.beat(nowMs);
    const { requestsPerSecond } = this.#spec;
    if (requestsPerSecond <= 0) return;
    const intervalMs = 1_000 / requestsPerSecond;
    this.#dueMs = Math.max(this.#dueMs, nowMs - CATCH_UP_MS_MAX);
    for (; this.#dueMs <= nowMs; this.#dueMs += intervalMs) void this.#send();
  }

  async #send(): Promise<void> {
    const isFresh = this.#counters.sent % NEW_CONNECTION_EVERY === 0;
    this.#counters.sent += 1;
    const at = new Date();
    const beganMs = performance.now();
    if (this.#inFlight >= IN_FLIGHT_MAX) {
      this.#noteFailure({ at, afterMs: 0, status: null, error: 'too many wait for an answer', node: null });
      return;
    }
    this.#inFlight += 1;
    let result = await this.#get(isFresh ? this.#fresh : this.#kept);
    if (result.connectionWasStale && this.isRunning) result = await this.#get(this.#fresh);
    this.#inFlight -= 1;
    if (!this.isRunning) return;
    if (result.ok) this.#noteGap(result.endedMs);
    else {
      const { status, servedBy, via } = result;
      const afterMs = Math.round(result.endedMs - beganMs);
      this.#noteFailure({ at, afterMs, status, error: result.error ?? '', node: servedBy ?? via });
    }
  }

  #noteFailure(failure: FailedRequest): void {
    this.#counters.failed += 1;
    if (this.#failures.length < FAILURES_TOLD_MAX) this.#failures.push(failure);
  }

  #get(agent: Agent): Promise<GetResult> {
    const { vip: address, servicePort: port } = this.target;
    const { stalls } = this.heartbeat;
    return httpGet({ address, port, path: this.#spec.path, timeoutMs: TIMEOUT_MS, agent, stalls });
  }

  #noteGap(nowMs: number): void {
    this.#longestGapMs = Math.max(this.#longestGapMs, this.heartbeat.stalls.observedMs(this.#lastAnswerMs, nowMs));
    this.#lastAnswerMs = Math.max(this.#lastAnswerMs, nowMs);
  }
}
