import { createConnection, type Socket } from 'node:net';
import { HypervisorError } from '@/lib/hypervisors/types';
import { LineSplitter } from './lines';
import { decodeResponse, encode, type Methods, type Response } from './messages';

interface Waiting {
  readonly settle: (response: Response | null) => void;
}

/** Asks a process at its unix socket; connects when it must. Throws `unreachable` when nobody is there. */
export class ControlClient<M extends Methods<M>> {
  readonly #waiting = new Map<number, Waiting>();
  #connection: Promise<Socket> | null = null;
  #socket: Socket | null = null;
  #lastId = 0;

  constructor(private readonly path: string) {}

  async ask<K extends keyof M & string>(
    method: K,
    params: M[K]['params'],
    options: { readonly timeoutMs: number },
  ): Promise<M[K]['result']> {
    const socket = await this.#connect();
    const id = ++this.#lastId;
    const response = await new Promise<Response | null>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new HypervisorError('deadline', `Traffic did not answer ${method} within ${options.timeoutMs} ms.`));
      }, options.timeoutMs);
      const settle = (answer: Response | null): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(answer);
      };
      this.#waiting.set(id, { settle });
      socket.write(encode({ id, method, params }));
    });
    if (response === null) throw new HypervisorError('unreachable', 'The traffic process ended meanwhile.');
    if ('error' in response) throw new HypervisorError(response.error.code, response.error.message);
    return response.result as M[K]['result'];
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = null;
    void connection?.then(
      (socket) => socket.destroy(),
      () => undefined,
    );
  }

  #connect(): Promise<Socket> {
    this.#connection ??= this.#open();
    return this.#connection;
  }

  #open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(this.path);
      const lines = new LineSplitter();
      this.#socket = socket;
      socket.setEncoding('utf8');
      socket.unref();
      socket.once('connect', () => resolve(socket));
      socket.on('error', (cause) => {
        this.#lost(socket);
        reject(new HypervisorError('unreachable', 'No traffic process answers.', { cause }));
      });
      socket.on('close', () => this.#lost(socket));
      socket.on('data', (text: string) => {
        for (const line of lines.push(text)) {
          const response = decodeResponse(line);
          if (response !== null) this.#waiting.get(response.id)?.settle(response);
        }
      });
    });
  }

  #lost(socket: Socket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#connection = null;
    for (const { settle } of [...this.#waiting.values()]) settle(null);
  }
}
