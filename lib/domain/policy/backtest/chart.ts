/** Columns of equal length for a chart; null where nothing is known. */
export interface BacktestSeries {
  readonly times: readonly number[];
  /** Mean of the trace. */
  readonly trace: readonly (number | null)[];
  /** Mean of the metric as the policy would have seen it. */
  readonly value: readonly (number | null)[];
  readonly nodes: readonly number[];
  readonly vcpus: readonly number[];
  readonly memoryMiB: readonly number[];
  /** In units of the summary: what there was at the end of the stretch, and the most that was needed in it. */
  readonly provisioned: readonly (number | null)[];
  readonly needed: readonly (number | null)[];
}

export interface ChartPoint {
  readonly atMs: number;
  readonly trace: number;
  readonly value: number;
  readonly nodes: number;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly provisioned: number | null;
  readonly needed: number | null;
}

/** Sums stretches of points up to one each: what pixels can show. */
export class ChartWriter {
  readonly #perStretch: number;
  readonly #series = {
    times: [] as number[],
    trace: [] as (number | null)[],
    value: [] as (number | null)[],
    nodes: [] as number[],
    vcpus: [] as number[],
    memoryMiB: [] as number[],
    provisioned: [] as (number | null)[],
    needed: [] as (number | null)[],
  };
  #count = 0;
  #known = 0;
  #atMs = 0;
  #trace = 0;
  #value = 0;
  #needed: number | null = null;

  constructor(points: number, stretchesMax: number) {
    this.#perStretch = Math.max(1, Math.ceil(points / stretchesMax));
  }

  add(point: ChartPoint): void {
    if (this.#count === 0) this.#atMs = point.atMs;
    this.#count += 1;
    if (!Number.isNaN(point.trace)) {
      this.#known += 1;
      this.#trace += point.trace;
      this.#value += point.value;
    }
    if (point.needed !== null) this.#needed = Math.max(this.#needed ?? 0, point.needed);
    if (this.#count >= this.#perStretch) this.#close(point);
  }

  finish(last: ChartPoint | null): BacktestSeries {
    if (last !== null && this.#count > 0) this.#close(last);
    return this.#series;
  }

  #close(last: ChartPoint): void {
    const s = this.#series;
    s.times.push(this.#atMs);
    s.trace.push(this.#known === 0 ? null : this.#trace / this.#known);
    s.value.push(this.#known === 0 ? null : this.#value / this.#known);
    s.nodes.push(last.nodes);
    s.vcpus.push(last.vcpus);
    s.memoryMiB.push(last.memoryMiB);
    s.provisioned.push(last.provisioned);
    s.needed.push(this.#needed);
    this.#count = 0;
    this.#known = 0;
    this.#trace = 0;
    this.#value = 0;
    this.#needed = null;
  }
}
