import type { Duplex } from 'node:stream';
import type { Clock } from '@/lib/clock';
import type { PrismaClient } from '@/lib/db/generated/client';
import { notifyGuests } from '@/lib/events/guests';
import { OutputBuffer } from './output-buffer';

/** How long output is gathered: what people see comes in as many rows a second at most. */
const FLUSH_MS = 50;
/** Chunks of a VM that are kept for who comes later or reads slowly. */
const CHUNKS_KEPT = 200;
/** Chunks are counted again after so many. */
const TRIM_EVERY = 50;

/** One console of a VM, open for everybody who looks at it: a VM has one serial line. */
export class Attachment {
  readonly #db: PrismaClient;
  readonly #clock: Clock;
  readonly #vmId: string;
  readonly #stream: Duplex;
  readonly #buffer = new OutputBuffer();
  #flushing: Promise<void> | null = null;
  #count = 0;
  #isOver = false;

  /** @param history what the guest printed before; the first that people see */
  constructor(
    context: { readonly db: PrismaClient; readonly clock: Clock },
    vmId: string,
    stream: Duplex,
    history: string,
  ) {
    this.#db = context.db;
    this.#clock = context.clock;
    this.#vmId = vmId;
    this.#stream = stream;
    if (history !== '') this.#buffer.add(Buffer.from(history));
    stream.on('data', (chunk: Buffer) => {
      this.#buffer.add(chunk);
      this.#flushSoon();
    });
    const over = (): void => {
      this.#isOver = true;
    };
    stream.on('end', over).on('close', over).on('error', over);
    this.#flushSoon();
  }

  /** The guest is gone, or its console. */
  get isOver(): boolean {
    return this.#isOver;
  }

  type(text: string): void {
    if (!this.#isOver) this.#stream.write(text);
  }

  /** Resolves when what was printed until now is written down. */
  async close(): Promise<void> {
    this.#isOver = true;
    this.#stream.destroy();
    await this.#flushing;
  }

  #flushSoon(): void {
    this.#flushing ??= this.#clock
      .sleep(FLUSH_MS)
      .then(() => this.#flush())
      .catch(() => undefined)
      .finally(() => {
        this.#flushing = null;
      });
  }

  async #flush(): Promise<void> {
    for (let data = this.#buffer.take(); data !== null; data = this.#buffer.take()) {
      await this.#db.consoleChunk.create({ data: { vmId: this.#vmId, data, at: this.#clock.now() } });
      this.#count += 1;
      if (this.#count % TRIM_EVERY === 0) await this.#trim();
      await notifyGuests(this.#db);
    }
  }

  async #trim(): Promise<void> {
    const oldest = await this.#db.consoleChunk.findFirst({
      where: { vmId: this.#vmId },
      orderBy: { id: 'desc' },
      skip: CHUNKS_KEPT,
      select: { id: true },
    });
    if (oldest === null) return;
    await this.#db.consoleChunk.deleteMany({ where: { vmId: this.#vmId, id: { lte: oldest.id } } });
  }
}
