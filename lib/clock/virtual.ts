import { sleepWith } from './sleep';
import type { Clock } from './types';

export interface VirtualClockOptions {
  readonly startAt?: Date;
  /**
   * Resolves when everything that the last timer set going has come to rest. The default lets every microtask and
   * two turns of the event loop pass, which is enough for code that waits for this clock only; give another where
   * code also waits for real I/O, such as a database.
   */
  readonly settle?: () => Promise<void>;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly task: () => void;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const settleByDefault = async (): Promise<void> => {
  await turn();
  await turn();
};

/**
 * Time that passes only when told. Timers fire in the order of their time, then of their making, each after what the
 * one before it set going has settled; the same program therefore runs in the same order every time.
 */
export class VirtualClock implements Clock {
  #nowMs: number;
  #order = 0;
  /** Sorted by time, then order: the next one is at the end. */
  readonly #timers: Timer[] = [];
  readonly #settle: () => Promise<void>;

  constructor(options: VirtualClockOptions = {}) {
    this.#nowMs = (options.startAt ?? new Date('2026-01-01T00:00:00.000Z')).getTime();
    this.#settle = options.settle ?? settleByDefault;
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  stopwatch(): () => number {
    const beganMs = this.#nowMs;
    return () => this.#nowMs - beganMs;
  }

  /** Timers that have neither fired nor been cancelled. */
  get pending(): number {
    return this.#timers.length;
  }

  after(ms: number, task: () => void): () => void {
    const timer: Timer = { atMs: this.#nowMs + Math.max(ms, 0), order: this.#order++, task };
    this.#timers.splice(this.#placeOf(timer), 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepWith((m, task) => this.after(m, task), ms, signal);
  }

  /** Lets `ms` pass: fires every timer that falls due, those included that are made on the way. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await this.#settle();
    while (this.#fireNext(untilMs)) await this.#settle();
    this.#nowMs = untilMs;
  }

  /**
   * Lets time pass until the predicate holds, and no further.
   * Throws when it does not hold within `limitMs` (a day by default), or when nothing is left that could change it.
   */
  async runUntil(predicate: () => boolean, options: { readonly limitMs?: number } = {}): Promise<void> {
    const limitMs = options.limitMs ?? 86_400_000;
    const untilMs = this.#nowMs + limitMs;
    await this.#settle();
    while (!predicate()) {
      if (!this.#fireNext(untilMs)) {
        const why = this.#timers.length === 0 ? 'nothing is waiting for time to pass' : `${limitMs} ms have passed`;
        throw new Error(`The awaited state was not reached: ${why}.`);
      }
      await this.#settle();
    }
  }

  /** Lets time pass until the work ends, and resolves or rejects as it does. */
  async run<T>(work: () => Promise<T>, options: { readonly limitMs?: number } = {}): Promise<T> {
    let ended = false;
    const result = work().finally(() => {
      ended = true;
    });
    // Marks the rejection as seen: it may come long before the caller awaits it below.
    result.catch(() => undefined);
    await this.runUntil(() => ended, options);
    return result;
  }

  #fireNext(untilMs: number): boolean {
    const next = this.#timers.at(-1);
    if (next === undefined || next.atMs > untilMs) return false;
    this.#timers.pop();
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.task();
    return true;
  }

  #placeOf(timer: Timer): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle];
      if (other !== undefined && other.atMs > timer.atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
