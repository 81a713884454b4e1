import { StallLog } from './stalls';

/** Each beat wakes the processor: on an emulated one that was seen to cost 0.2–0.7 ms, whatever is done in it. */
const SLOW_BEAT_MS = 50;
const FAST_BEAT_MS = 10;
/** A beat that comes later than this was not the timer's coarseness: the process was not run. */
const LATE_MS = 15;

export interface BeatOptions {
  /** Beats come every 10 ms as long as anybody needs that, else every 50 ms. */
  readonly fast: boolean;
}

/**
 * The one timer of the agent. Everything that is due looks at each beat whether its time has come; a late beat is
 * noted as a stall. Times are those of `performance.now()`.
 */
export class Heartbeat {
  readonly stalls = new StallLog();
  readonly #listeners = new Map<(nowMs: number) => void, BeatOptions>();
  #lastMs = performance.now();
  #periodMs = SLOW_BEAT_MS;
  #timer: NodeJS.Timeout | null = null;

  /** Time between two beats as it is now. */
  get periodMs(): number {
    return this.#periodMs;
  }

  start(): void {
    this.#lastMs = performance.now();
    this.#timer ??= setInterval(() => this.#beat(performance.now()), this.#periodMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Returns what ends it. */
  onBeat(listener: (nowMs: number) => void, options: BeatOptions): () => void {
    this.#listeners.set(listener, options);
    this.#setPeriod();
    return () => {
      this.#listeners.delete(listener);
      this.#setPeriod();
    };
  }

  #setPeriod(): void {
    const isFast = [...this.#listeners.values()].some(({ fast }) => fast);
    const periodMs = isFast ? FAST_BEAT_MS : SLOW_BEAT_MS;
    if (periodMs === this.#periodMs) return;
    this.#periodMs = periodMs;
    if (this.#timer === null) return;
    this.stop();
    this.start();
  }

  #beat(nowMs: number): void {
    if (nowMs - this.#lastMs > this.#periodMs + LATE_MS) this.stalls.note(this.#lastMs + this.#periodMs, nowMs);
    this.#lastMs = nowMs;
    for (const listener of [...this.#listeners.keys()]) listener(nowMs);
  }
}
