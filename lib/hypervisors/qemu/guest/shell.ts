import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { type GuestExecResult, HypervisorError } from '../../types';

/** A script as long as this is not meant for the guest. */
const SCRIPT_BYTES_MAX = 8 * 2 ** 20;
/** What a script prints is not to fill this process's memory. */
const ANSWER_BYTES_MAX = 16 * 2 ** 20;
/** A guest that is up answers within some 10 ms, twenty times as long on a busy machine. */
const GREETING_DEADLINE_MS = 5_000;

/**
 * The resident shell of one guest (`/usr/lib/headroom/shell` there). Scripts run one after another. A script that is
 * late is not ended: its connection is, and its answer, should it come, is nobody's.
 */
export class GuestShell {
  readonly #path: string;
  #socket: Socket | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws `unreachable` when nobody answers there, before the script was sent; `deadline` when it does not end in time. */
  run(script: string, timeoutMs: number): Promise<GuestExecResult> {
    const expires = performance.now() + timeoutMs;
    const turn = this.#queue.then(async () => {
      const socket = await this.#greeted();
      return this.#exchange(socket, script, expires);
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  /** A connection at whose other end somebody listens: QEMU takes connections for guests that do not. */
  async #greeted(): Promise<Socket> {
    if (this.#socket !== null && !this.#socket.destroyed) return this.#socket;
    const socket = await open(this.#path);
    this.#socket = socket;
    try {
      await this.#exchange(socket, ':', performance.now() + GREETING_DEADLINE_MS);
      return socket;
    } catch (cause) {
      throw new HypervisorError('unreachable', 'The guest has no shell that answers.', { cause });
    }
  }

  #exchange(socket: Socket, script: string, expires: number): Promise<GuestExecResult> {
    const bytes = Buffer.from(script);
    if (bytes.length > SCRIPT_BYTES_MAX) throw new HypervisorError('failed', 'The script is too long.');
    const id = randomBytes(6).toString('hex');
    return new Promise((resolve, reject) => {
      let buffer = Buffer.alloc(0);
      const end = (then: () => void): void => {
        clearTimeout(timer);
        socket.off('data', take).off('close', gone);
        then();
      };
      const fail = (error: HypervisorError): void =>
        end(() => {
          this.close();
          reject(error);
        });
      const gone = (): void =>
        fail(new HypervisorError('unreachable', 'The connection to the guest’s shell has ended.'));
      const take = (chunk: Buffer): void => {
        buffer = Buffer.concat([buffer, chunk]);
        const answer = findAnswer(buffer, id);
        if (answer !== null) end(() => resolve(answer));
        else if (buffer.length > ANSWER_BYTES_MAX)
          fail(new HypervisorError('guest_failed', 'The guest says too much.'));
      };
      const timer = setTimeout(
        () => fail(new HypervisorError('deadline', 'The guest’s shell did not answer in time.')),
        Math.max(Math.ceil(expires - performance.now()), 1),
      );
      socket.on('data', take).once('close', gone);
      socket.write(Buffer.concat([Buffer.from(`${String(bytes.length).padStart(8, '0')} ${id}\n`), bytes]));
    });
  }
}

/** The answer to the question with this id, if it is there as a whole. What came before it belongs to earlier ones. */
export const findAnswer = (buffer: Buffer, id: string): GuestExecResult | null => {
  const start = buffer.indexOf(`${id} `);
  const line = start < 0 ? -1 : buffer.indexOf('\n', start);
  if (line < 0) return null;
  const [exitCode = 0, outputBytes = 0, errorBytes = 0] = buffer
    .toString('latin1', start + id.length + 1, line)
    .split(' ')
    .map(Number);
  const [from, middle] = [line + 1, line + 1 + outputBytes];
  const end = middle + errorBytes;
  if (buffer.length < end) return null;
  return { exitCode, stdout: buffer.toString('utf8', from, middle), stderr: buffer.toString('utf8', middle, end) };
};

const open = (path: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    // After it is open an error is followed by its close.
    socket.on('error', (cause) => reject(new HypervisorError('unreachable', `${path}: ${cause.message}`, { cause })));
  });
