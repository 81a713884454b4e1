/** What a rule looks at, summed up at a moment. */
export interface Signal {
  /** The newest value; null when there is none that is new enough. */
  readonly value: number | null;
  /** For how long it has been above `above` without a break; null when it is not. */
  readonly aboveForMs: number | null;
  readonly belowForMs: number | null;
  /** Mean over the window; null when less than most of the window was measured. */
  readonly mean: number | null;
}

export interface SignalOptions {
  readonly above?: number;
  readonly below?: number;
  readonly windowMs?: number;
  /** A gap longer than this breaks every "for", and data older than it is no data. */
  readonly staleAfterMs: number;
}

export interface SignalTracker {
  /** Values in the order of their times; null for a moment at which nothing was measured. */
  push(atMs: number, value: number | null): void;
  read(nowMs: number): Signal;
}

/** Part of a window that must have been measured for its mean to count. */
const COVERED_MIN = 0.8;
const COMPACT_AT = 1_024;

/** The mean over a sliding window, in constant time per value. */
class SlidingMean {
  readonly #windowMs: number;
  #times: number[] = [];
  #values: number[] = [];
  #head = 0;
  #sum = 0;
  /** Between the two newest values; null before there were two. */
  #stepMs: number | null = null;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  push(atMs: number, value: number): void {
    const before = this.#times.at(-1);
    this.#stepMs = before === undefined ? null : atMs - before;
    this.#times.push(atMs);
    this.#values.push(value);
    this.#sum += value;
    this.#dropBefore(atMs - this.#windowMs);
  }

  clear(): void {
    this.#times = [];
    this.#values = [];
    this.#head = 0;
    this.#sum = 0;
    this.#stepMs = null;
  }

  read(): number | null {
    const count = this.#times.length - this.#head;
    const first = this.#times[this.#head];
    const last = this.#times.at(-1);
    if (first === undefined || last === undefined || this.#stepMs === null) return null;
    // Each value stands for the step before it as well.
    return last - first + this.#stepMs >= COVERED_MIN * this.#windowMs ? this.#sum / count : null;
  }

  #dropBefore(beforeMs: number): void {
    while ((this.#times[this.#head] ?? Number.POSITIVE_INFINITY) <= beforeMs) {
      this.#sum -= this.#values[this.#head] ?? 0;
      this.#head += 1;
    }
    if (this.#head < COMPACT_AT || this.#head * 2 < this.#times.length) return;
    this.#times = this.#times.slice(this.#head);
    this.#values = this.#values.slice(this.#head);
    this.#head = 0;
    // Rounding errors of the running sum do not pile up.
    this.#sum = this.#values.reduce((sum, value) => sum + value, 0);
  }
}

export const trackSignal = ({ above, below, windowMs, staleAfterMs }: SignalOptions): SignalTracker => {
  const mean = windowMs === undefined ? null : new SlidingMean(windowMs);
  let lastMs: number | null = null;
  let last = 0;
  let aboveSinceMs: number | null = null;
  let belowSinceMs: number | null = null;
  const forget = (): void => {
    lastMs = null;
    aboveSinceMs = null;
    belowSinceMs = null;
    mean?.clear();
  };
  return {
    push: (atMs, value) => {
      if (lastMs !== null && atMs - lastMs > staleAfterMs) forget();
      if (value === null) return;
      lastMs = atMs;
      last = value;
      if (above !== undefined) aboveSinceMs = value > above ? (aboveSinceMs ?? atMs) : null;
      if (below !== undefined) belowSinceMs = value < below ? (belowSinceMs ?? atMs) : null;
      mean?.push(atMs, value);
    },
    read: (nowMs) => {
      if (lastMs !== null && nowMs - lastMs > staleAfterMs) forget();
      return {
        value: lastMs === null ? null : last,
        aboveForMs: aboveSinceMs === null ? null : nowMs - aboveSinceMs,
        belowForMs: belowSinceMs === null ? null : nowMs - belowSinceMs,
        mean: mean?.read() ?? null,
      };
    },
  };
};
