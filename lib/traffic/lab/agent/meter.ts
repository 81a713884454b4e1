import type { NodeTrafficMetrics } from '../../types';
import { Histogram } from './histogram';
import type { RequestLine } from './request-line';

/** Counts request lines and gives the figures since it was last read. */
export class Meter {
  readonly #latencies = new Histogram();
  #requests = 0;
  #errors = 0;
  #readMs: number | null = null;

  add(line: RequestLine): void {
    this.#requests += 1;
    if (line.failed) this.#errors += 1;
    this.#latencies.add(line.latencyMs);
  }

  /** Requests since the last reading. */
  get requests(): number {
    return this.#requests;
  }

  /** The first reading gives nulls: nobody knows how long a time it is about. */
  read(nowMs: number): Omit<NodeTrafficMetrics, 'at' | 'connections'> {
    const seconds = this.#readMs === null ? 0 : (nowMs - this.#readMs) / 1_000;
    const figures =
      seconds <= 0
        ? NO_FIGURES
        : {
            requestsPerSecond: this.#requests / seconds,
            errorsPerSecond: this.#errors / seconds,
            latencyP50Ms: this.#latencies.percentile(0.5),
            latencyP99Ms: this.#latencies.percentile(0.99),
          };
    this.#requests = 0;
    this.#errors = 0;
    this.#latencies.clear();
    this.#readMs = nowMs;
    return figures;
  }
}

export const NO_FIGURES: Omit<NodeTrafficMetrics, 'at' | 'connections'> = {
  requestsPerSecond: null,
  errorsPerSecond: null,
  latencyP50Ms: null,
  latencyP99Ms: null,
};
