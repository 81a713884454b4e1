import { StallLog } from './stalls';

const BEAT_MS = 10;
/** A beat that comes later than this was not the timer's coarseness: the process was not run. */
const LATE_MS = 15;

/**
 * The one timer of the agent. Everything that is due looks at each beat whether its time has come; a late beat is
 * noted as a stall. Times are those of `performance.now()`.
 */
export class Heartbeat {
  readonly stalls = new StallLog();
  readonly #listeners = new Set<(nowMs: number) => void>();
  #lastMs = performance.now();
  #timer: NodeJS.Timeout | null = null;

  start(): void {
    this.#lastMs = performance.now();
    this.#timer ??= setInterval(() => this.#beat(performance.now()), BEAT_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Returns what ends it. */
  onBeat(listener: (nowMs: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #beat(nowMs: number): void {
    if (nowMs - this.#lastMs > BEAT_MS + LATE_MS) this.stalls.note(this.#lastMs + BEAT_MS, nowMs);
    this.#lastMs = nowMs;
    for (const listener of this.#listeners) listener(nowMs);
  }
}
