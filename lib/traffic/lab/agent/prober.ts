import { Agent } from 'node:http';
import { PROBE_TIMEOUT_MS, type ProbeAnswer, type PublishedTarget } from '../../types';
import type { Heartbeat } from './heartbeat';
import { httpGet } from './http-get';
import { ProbeLog } from './probe-log';
import { firstAnswers, type Summary, summarize } from './summarize';

export const PROBES_PER_SECOND = 20;
const INTERVAL_MS = 1_000 / PROBES_PER_SECOND;
/** Where nobody takes a connection, none waits. */
const CONNECT_MS = 5_000;
const SETTLE_POLL_MS = 10;

/**
 * Asks a VIP 20 times a second, each time as a client that comes newly, on a connection of its own. It goes by the
 * clock: an answer that is late delays no later question. What it could not ask because it was itself not run is not
 * asked afterwards: an answer then would say nothing about that time.
 */
export class Prober {
  readonly #log = new ProbeLog();
  readonly #agent = new Agent({ keepAlive: false });
  readonly #stop: () => void;
  #dueMs = performance.now();

  constructor(
    readonly target: PublishedTarget,
    private readonly heartbeat: Heartbeat,
  ) {
    this.#stop = heartbeat.onBeat((nowMs) => this.#beat(nowMs), { fast: false });
  }

  stop(): void {
    this.#stop();
    this.#agent.destroy();
  }

  /** Waits until every probe of the time is settled, so that a receipt never changes; at most the probes' time limit. */
  async receipt(fromMs: number, toMs: number): Promise<Summary> {
    const endMs = Math.min(toMs, performance.now());
    const startMs = Math.max(fromMs, this.#log.startMs ?? endMs);
    const untilMs = performance.now() + PROBE_TIMEOUT_MS;
    const early = startMs - PROBE_TIMEOUT_MS;
    while (this.#hasPending(startMs, endMs) && performance.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_POLL_MS));
    }
    return summarize(this.#log.since(early), this.heartbeat.stalls, startMs, endMs);
  }

  answeredSince(sinceMs: number): ReadonlyMap<string, number> {
    return firstAnswers(this.#log.since(sinceMs));
  }

  async probeOnce(path: string, timeoutMs: number): Promise<ProbeAnswer> {
    const sentMs = performance.now();
    const { ok, status, servedBy, error, endedMs } = await this.#get(path, timeoutMs);
    return { ok, status, servedBy, error, latencyMs: this.heartbeat.stalls.observedMs(sentMs, endedMs) };
  }

  #hasPending(startMs: number, endMs: number): boolean {
    // Probes are settled within their time limit, so only the newest can be waiting.
    for (const probe of this.#log.since(Math.max(startMs, performance.now() - 2 * PROBE_TIMEOUT_MS))) {
      if (probe.sentMs > endMs) return false;
      if (probe.outcome === 'pending') return true;
    }
    return false;
  }

  #get(path: string, timeoutMs: number) {
    const { vip: address, servicePort: port } = this.target;
    const connectMs = Math.min(timeoutMs, CONNECT_MS);
    return httpGet({ address, port, path, timeoutMs, connectMs, agent: this.#agent, stalls: this.heartbeat.stalls });
  }

  #beat(nowMs: number): void {
    // The beat that is nearest: waiting for the next one after it would leave out every second probe.
    const nearestMs = nowMs + this.heartbeat.periodMs / 2;
    if (nearestMs < this.#dueMs) return;
    this.#dueMs += INTERVAL_MS * (1 + Math.floor((nearestMs - this.#dueMs) / INTERVAL_MS));
    void this.#probe();
  }

  async #probe(): Promise<void> {
    const sentMs = performance.now();
    const number = this.#log.begin(sentMs);
    const { error, status, servedBy, via, endedMs } = await this.#get(this.target.probePath, PROBE_TIMEOUT_MS);
    if (error === null) this.#log.answered(number, endedMs - sentMs, servedBy);
    else this.#log.failed(number, endedMs - sentMs, { status, error }, servedBy ?? via);
  }
}
