interface Stall {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Stalls that are remembered; with one a second about three hours of a starved machine. */
const STALLS_MAX = 10_000;

/**
 * The times in which this process itself was not run. Nothing that it measured across them is the service's doing, so
 * they are taken out of every duration: in a stall no time passes.
 */
export class StallLog {
  #stalls: Stall[] = [];

  /** Stalls are told in the order in which they happen and do not overlap. */
  note(fromMs: number, toMs: number): void {
    const from = Math.max(fromMs, this.#stalls.at(-1)?.toMs ?? Number.NEGATIVE_INFINITY);
    if (toMs <= from) return;
    this.#stalls.push({ fromMs: from, toMs });
    if (this.#stalls.length > STALLS_MAX) this.#stalls = this.#stalls.slice(-STALLS_MAX / 2);
  }

  /** How much of this time the process was stalled, in milliseconds. */
  overlapMs(fromMs: number, toMs: number): number {
    let sum = 0;
    for (let i = this.#firstEndingAfter(fromMs); i < this.#stalls.length; i++) {
      const stall = this.#stalls[i];
      if (stall === undefined || stall.fromMs >= toMs) break;
      sum += Math.min(stall.toMs, toMs) - Math.max(stall.fromMs, fromMs);
    }
    return sum;
  }

  /** The length of this time without its stalls. */
  observedMs(fromMs: number, toMs: number): number {
    return toMs - fromMs - this.overlapMs(fromMs, toMs);
  }

  #firstEndingAfter(atMs: number): number {
    let low = 0;
    let high = this.#stalls.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#stalls[middle]?.toMs ?? Number.POSITIVE_INFINITY) > atMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
