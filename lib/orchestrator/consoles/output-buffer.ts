import { StringDecoder } from 'node:string_decoder';

/** Of what a guest prints between two takings; the rest is left out. Reading never stops: a full pipe would stop the guest. */
export const BUFFER_BYTES_MAX = 32 * 1024;

/** Gathers what a console prints until it is taken. Text is UTF-8; half a character waits for its other half. */
export class OutputBuffer {
  readonly #decoder = new StringDecoder('utf8');
  #chunks: Buffer[] = [];
  #length = 0;
  #leftOut = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length > BUFFER_BYTES_MAX && this.#chunks.length > 0) {
      const first = this.#chunks[0];
      if (first === undefined) return;
      const excess = this.#length - BUFFER_BYTES_MAX;
      const dropped = Math.min(excess, first.length);
      if (dropped === first.length) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(dropped);
      this.#length -= dropped;
      this.#leftOut += dropped;
    }
  }

  /** Everything since the last taking; null when nothing came. */
  take(): string | null {
    if (this.#length === 0) return null;
    // The database's text holds no NUL.
    const text = this.#decoder.write(Buffer.concat(this.#chunks)).replaceAll('\0', '');
    const note = this.#leftOut === 0 ? '' : `\r\n[… ${this.#leftOut} bytes left out …]\r\n`;
    this.#chunks = [];
    this.#length = 0;
    this.#leftOut = 0;
    return note + text;
  }
}
