/** Buckets per doubling: a value is told to within 1/32, about 3 %. */
const PARTS = 32;
const PART_BITS = 5;
/** Beyond 2^21 ms, some 35 minutes, values count as that. */
const VALUE_MAX = 2 ** 21;
const BUCKETS = (21 - PART_BITS + 1) * PARTS + 1;

/**
 * Counts of whole milliseconds in buckets whose width grows with the value, as HdrHistogram has them: exact below 32,
 * then 32 buckets for each doubling.
 */
export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(valueMs: number): void {
    const index = bucketOf(valueMs);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total += 1;
  }

  /** The smallest value of the bucket in which the percentile lies (nearest rank); null when there is no value. */
  percentile(part: number): number | null {
    if (this.#total === 0) return null;
    let left = Math.max(1, Math.ceil(part * this.#total));
    for (let i = 0; i < BUCKETS; i++) {
      left -= this.#counts[i] ?? 0;
      if (left <= 0) return lowestOf(i);
    }
    return VALUE_MAX;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}

const bucketOf = (valueMs: number): number => {
  const value = Math.min(VALUE_MAX, Math.max(0, Math.round(valueMs)));
  const shift = Math.max(0, 31 - Math.clz32(value) - PART_BITS);
  return shift * PARTS + (value >> shift);
};

const lowestOf = (index: number): number => {
  const shift = Math.max(0, Math.floor(index / PARTS) - 1);
  return (index - shift * PARTS) << shift;
};
