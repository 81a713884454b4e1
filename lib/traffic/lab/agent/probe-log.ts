/** What became of one probe. Times are those of `performance.now()` in milliseconds. */
export interface Probe {
  readonly sentMs: number;
  readonly outcome: 'pending' | 'failed' | 'answered';
  /** From sending to the answer or to the failure; 0 while it waits. */
  readonly tookMs: number;
  /** Node that answered, also that it failed; null when nobody did, or when it did not say its name. */
  readonly servedBy: string | null;
  /** Null unless it failed. */
  readonly failure: Failure | null;
}

export interface Failure {
  /** HTTP status; null where no answer began. */
  readonly status: number | null;
  readonly error: string;
}

/** What a probe came to, without its times. */
type Ending = Omit<Probe, 'sentMs' | 'tookMs'>;

interface Chunk {
  readonly sentMs: Float64Array;
  readonly tookMs: Float32Array;
  readonly codes: Uint16Array;
}

const CHUNK_PROBES = 4_096;
const PENDING: Ending = { outcome: 'pending', servedBy: null, failure: null };
/** As many as a code can number. */
const ENDINGS_MAX = 65_536;
/** Texts of guests and of the system are kept up to this length. */
const TEXT_LENGTH_MAX = 200;

/** Four hours at 20 probes per second; 14 bytes each make 4 MB of a cluster's log at most. */
export const PROBES_KEPT = 4 * 3_600 * 20;

/**
 * The last probes of a cluster in the order in which they were sent, in chunks of typed arrays; old chunks are let go.
 * Of what became of a probe only a number is kept, which stands for all that ended alike.
 */
export class ProbeLog {
  readonly #chunksMax: number;
  readonly #chunks: Chunk[] = [];
  readonly #endings: Ending[] = [PENDING];
  /** Number of the first probe that is kept. */
  #first = 0;
  #next = 0;

  constructor(probesKept = PROBES_KEPT) {
    this.#chunksMax = Math.max(1, Math.ceil(probesKept / CHUNK_PROBES)) + 1;
  }

  /** Resolves with the number by which the probe is settled. Probes begin in the order of their times. */
  begin(sentMs: number): number {
    const number = this.#next++;
    const offset = (number - this.#first) % CHUNK_PROBES;
    if (offset === 0) this.#addChunk();
    const chunk = this.#chunks.at(-1);
    if (chunk !== undefined) chunk.sentMs[offset] = sentMs;
    return number;
  }

  answered(number: number, tookMs: number, servedBy: string | null): void {
    this.#settle(number, tookMs, { outcome: 'answered', servedBy: nameFrom(servedBy), failure: null });
  }

  failed(number: number, tookMs: number, { status, error }: Failure, servedBy: string | null): void {
    const failure = { status, error: cut(error) };
    this.#settle(number, tookMs, { outcome: 'failed', servedBy: nameFrom(servedBy), failure });
  }

  /** Time of the oldest probe that is kept; null before the first. */
  get startMs(): number | null {
    return this.#next === this.#first ? null : (this.#chunks[0]?.sentMs[0] ?? null);
  }

  /** Probes that were sent from this time on. */
  *since(fromMs: number): Generator<Probe> {
    for (let number = this.#firstSentFrom(fromMs); number < this.#next; number++) yield this.#at(number);
  }

  #addChunk(): void {
    this.#chunks.push({
      sentMs: new Float64Array(CHUNK_PROBES),
      tookMs: new Float32Array(CHUNK_PROBES),
      codes: new Uint16Array(CHUNK_PROBES),
    });
    if (this.#chunks.length <= this.#chunksMax) return;
    this.#chunks.shift();
    this.#first += CHUNK_PROBES;
  }

  #locate(number: number): { chunk: Chunk; offset: number } | null {
    const index = number - this.#first;
    const chunk = index < 0 ? undefined : this.#chunks[Math.floor(index / CHUNK_PROBES)];
    return chunk === undefined ? null : { chunk, offset: index % CHUNK_PROBES };
  }

  #settle(number: number, tookMs: number, ending: Ending): void {
    const place = this.#locate(number);
    if (place === null) return;
    place.chunk.tookMs[place.offset] = tookMs;
    place.chunk.codes[place.offset] = this.#codeOf(ending);
  }

  #sentAt(number: number): number {
    const place = this.#locate(number);
    return place?.chunk.sentMs[place.offset] ?? 0;
  }

  #at(number: number): Probe {
    const place = this.#locate(number);
    const { outcome, servedBy, failure } = this.#endings[place?.chunk.codes[place.offset] ?? 0] ?? PENDING;
    return { sentMs: this.#sentAt(number), outcome, tookMs: place?.chunk.tookMs[place.offset] ?? 0, servedBy, failure };
  }

  #firstSentFrom(fromMs: number): number {
    let low = this.#first;
    let high = this.#next;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#sentAt(middle) >= fromMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /**
   * Endings are few: the nodes that the cluster ever had, and the ways in which requests fail at them. Should the numbers
   * run out, the last one is given again.
   */
  #codeOf(ending: Ending): number {
    const known = this.#endings.findIndex((other) => isSame(ending, other));
    if (known >= 0) return known;
    if (this.#endings.length < ENDINGS_MAX) return this.#endings.push(ending) - 1;
    this.#endings[ENDINGS_MAX - 1] = ending;
    return ENDINGS_MAX - 1;
  }
}

const cut = (text: string): string => text.slice(0, TEXT_LENGTH_MAX);

const nameFrom = (header: string | null): string | null => (header === null || header === '' ? null : cut(header));

const isSame = (a: Ending, b: Ending): boolean =>
  a.outcome === b.outcome &&
  a.servedBy === b.servedBy &&
  a.failure?.status === b.failure?.status &&
  a.failure?.error === b.failure?.error;
