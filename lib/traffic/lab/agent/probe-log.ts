/** What became of one probe. Times are those of `performance.now()` in milliseconds. */
export interface Probe {
  readonly sentMs: number;
  readonly outcome: 'pending' | 'failed' | 'answered';
  /** From sending to the answer or to the failure; 0 while it waits. */
  readonly tookMs: number;
  /** Node that answered; null when nobody did, or when it did not say its name. */
  readonly servedBy: string | null;
}

interface Chunk {
  readonly sentMs: Float64Array;
  readonly tookMs: Float32Array;
  readonly codes: Uint16Array;
}

const CHUNK_PROBES = 4_096;
const PENDING = 0;
const FAILED = 1;
const FIRST_NAME = 2;
const NAMES_MAX = 65_535 - FIRST_NAME;

/** Four hours at 20 probes per second; 14 bytes each make 4 MB of a cluster's log at most. */
export const PROBES_KEPT = 4 * 3_600 * 20;

/** The last probes of a cluster in the order in which they were sent, in chunks of typed arrays; old chunks are let go. */
export class ProbeLog {
  readonly #chunksMax: number;
  readonly #chunks: Chunk[] = [];
  readonly #names: string[] = [];
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
    this.#settle(number, tookMs, FIRST_NAME + this.#indexOf(servedBy ?? ''));
  }

  failed(number: number, tookMs: number): void {
    this.#settle(number, tookMs, FAILED);
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

  #settle(number: number, tookMs: number, code: number): void {
    const place = this.#locate(number);
    if (place === null) return;
    place.chunk.tookMs[place.offset] = tookMs;
    place.chunk.codes[place.offset] = code;
  }

  #sentAt(number: number): number {
    const place = this.#locate(number);
    return place?.chunk.sentMs[place.offset] ?? 0;
  }

  #at(number: number): Probe {
    const place = this.#locate(number);
    const code = place?.chunk.codes[place.offset] ?? PENDING;
    const tookMs = place?.chunk.tookMs[place.offset] ?? 0;
    const sentMs = this.#sentAt(number);
    if (code === PENDING) return { sentMs, outcome: 'pending', tookMs: 0, servedBy: null };
    if (code === FAILED) return { sentMs, outcome: 'failed', tookMs, servedBy: null };
    return { sentMs, outcome: 'answered', tookMs, servedBy: this.#names[code - FIRST_NAME] || null };
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

  /** Names are few: the nodes that the cluster ever had. Should they run out, the last place is given again. */
  #indexOf(name: string): number {
    const known = this.#names.indexOf(name);
    if (known >= 0) return known;
    if (this.#names.length < NAMES_MAX) return this.#names.push(name) - 1;
    this.#names[NAMES_MAX - 1] = name;
    return NAMES_MAX - 1;
  }
}
