/**
 * How the agent hands bytes to the gateway: each piece after its length (32 bits, big endian), and a length of zero for
 * the end of the stream. A unix socket that ends without that was cut off, and so is the client: it must not take half
 * an answer for a whole one.
 */
const HEADER_BYTES = 4;

export const frameHeader = (length: number): Buffer => {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32BE(length);
  return header;
};

export const END_FRAME: Buffer = frameHeader(0);

/** What the agent says first, before any frame: the service has taken the connection. */
export const TAKEN: Buffer = Buffer.from([1]);

/** Takes frames apart, however the stream is cut into pieces. */
export class FrameReader {
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerBytes = 0;
  #left = 0;
  #ended = false;

  /** The end of the stream was told. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The bytes that were framed in this piece, without copying them. */
  push(piece: Buffer): readonly Buffer[] {
    const parts: Buffer[] = [];
    let at = 0;
    while (at < piece.length && !this.#ended) {
      if (this.#left > 0) {
        const part = piece.subarray(at, at + this.#left);
        parts.push(part);
        this.#left -= part.length;
        at += part.length;
        continue;
      }
      const copied = piece.copy(this.#header, this.#headerBytes, at, at + HEADER_BYTES - this.#headerBytes);
      this.#headerBytes += copied;
      at += copied;
      if (this.#headerBytes < HEADER_BYTES) break;
      this.#headerBytes = 0;
      this.#left = this.#header.readUInt32BE();
      this.#ended = this.#left === 0;
    }
    return parts;
  }
}
