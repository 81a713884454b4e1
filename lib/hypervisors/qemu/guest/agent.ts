import { HypervisorError } from '../../types';
import { connectJsonLines, type JsonLines, parseLine } from '../wire/json-lines';

/** The guest marks the answer to a synchronisation with this byte; whatever came before it belongs to nobody. */
const SENTINEL = '\xff';
const SYNC_AGAIN_MS = 100;

/** The agent knows the request and refused it. */
export class AgentError extends HypervisorError {
  constructor(command: string, description: string) {
    super('guest_failed', `The guest agent refused ${command}: ${description}`, { retryable: false });
  }
}

interface Pending {
  readonly command: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The guest agent of one VM. It serves one client and one request at a time, so requests queue here and one connection
 * is kept. A request that meets its deadline leaves the connection out of step; it is closed, and the next request
 * begins with a synchronisation.
 */
export class GuestAgent {
  readonly #path: string;
  #lines: JsonLines | null = null;
  #pending: Pending | null = null;
  #sync: ((id: number) => void) | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #nextSyncId = Math.floor(Math.random() * 1_000_000);

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws `deadline` when the guest does not answer in time, `unreachable` when its VM is gone, `AgentError`. */
  request(command: string, args: Readonly<Record<string, unknown>>, deadlineMs: number): Promise<unknown> {
    const expires = performance.now() + deadlineMs;
    const run = this.#queue.then(() => this.#perform(command, args, expires, deadlineMs));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  close(): void {
    this.#lines?.close();
  }

  async #perform(
    command: string,
    args: Readonly<Record<string, unknown>>,
    expires: number,
    deadlineMs: number,
  ): Promise<unknown> {
    const late = (): HypervisorError =>
      new HypervisorError('deadline', `The guest did not answer ${command} within ${deadlineMs} ms.`);
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(late()), Math.max(Math.ceil(expires - performance.now()), 0));
    });
    try {
      return await Promise.race([this.#exchange(command, args, expires), expired]);
    } catch (error) {
      if (!(error instanceof AgentError)) this.#drop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #exchange(command: string, args: Readonly<Record<string, unknown>>, expires: number): Promise<unknown> {
    const lines = await this.#synchronised(expires);
    return new Promise((resolve, reject) => {
      this.#pending = { command, resolve, reject };
      lines.send(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    });
  }

  async #synchronised(expires: number): Promise<JsonLines> {
    if (this.#lines?.isOpen) return this.#lines;
    const lines = await connectJsonLines(this.#path, {
      onLine: (line) => this.#read(line),
      onClose: () => this.#end(lines),
    });
    this.#lines = lines;
    await new Promise<void>((resolve, reject) => {
      const stop = (then: () => void): void => {
        clearInterval(again);
        // A request that came too late may meet the synchronisation of the one after it.
        if (this.#sync === answer) this.#sync = null;
        then();
      };
      let lastId = 0;
      const ask = (): void => {
        if (!lines.isOpen || performance.now() > expires) {
          stop(() => reject(gone()));
          return;
        }
        lastId = this.#nextSyncId++;
        const question = JSON.stringify({ execute: 'guest-sync-delimited', arguments: { id: lastId } });
        lines.send(Buffer.from(`${SENTINEL}${question}\n`, 'latin1'));
      };
      // A guest that is still booting loses what it is asked. One that is up answers everything it was asked, and
      // only after the last of these answers is the connection in step.
      const again = setInterval(ask, SYNC_AGAIN_MS);
      const answer = (id: number): void => {
        clearInterval(again);
        if (id === lastId) stop(resolve);
      };
      this.#sync = answer;
      ask();
    });
    return lines;
  }

  #read(line: string): void {
    const at = line.lastIndexOf(SENTINEL);
    let message: Readonly<Record<string, unknown>>;
    try {
      message = parseLine(at < 0 ? line : line.slice(at + 1));
    } catch {
      return;
    }
    if (this.#sync !== null) {
      if (at >= 0) this.#sync(Number(message.return));
      return;
    }
    const pending = this.#pending;
    this.#pending = null;
    if (pending === null) return;
    if ('error' in message) {
      const { desc } = message.error as { desc: string };
      pending.reject(new AgentError(pending.command, desc));
    } else pending.resolve(message.return);
  }

  #drop(): void {
    this.#pending = null;
    const lines = this.#lines;
    this.#lines = null;
    lines?.close();
  }

  #end(lines: JsonLines): void {
    if (this.#lines === lines) this.#lines = null;
    this.#pending?.reject(gone());
    this.#pending = null;
  }
}

const gone = (): HypervisorError => new HypervisorError('unreachable', 'The connection to the guest agent has ended.');
