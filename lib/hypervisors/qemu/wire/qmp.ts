import { HypervisorError } from '../../types';
import { connectJsonLines, type JsonLines, parseLine } from './json-lines';

const COMMAND_DEADLINE_MS = 10_000;

interface Waiting {
  readonly command: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** A refusal by QEMU: its class and words. */
export class QmpError extends HypervisorError {
  readonly className: string;
  constructor(command: string, className: string, description: string) {
    super('failed', `QEMU refused ${command}: ${description}`);
    this.className = className;
  }
}

/**
 * A session with a QEMU monitor (QMP). Commands may overlap: answers find their command by its id. After `close`, or
 * when QEMU ends, everything that waits is rejected with `unreachable`.
 */
export class Qmp {
  readonly #waiting = new Map<number, Waiting>();
  readonly #onClose = new Set<() => void>();
  #lines: JsonLines | null = null;
  #nextId = 1;
  #greeted: () => void = () => undefined;

  /** Connects and leaves the negotiation behind. Throws `unreachable`, `deadline`. */
  static async connect(path: string, options: { readonly deadlineMs: number }): Promise<Qmp> {
    const qmp = new Qmp();
    const greeting = new Promise<void>((resolve) => {
      qmp.#greeted = resolve;
    });
    qmp.#lines = await connectJsonLines(path, {
      onLine: (line) => qmp.#read(line),
      onClose: () => qmp.#end(),
    });
    try {
      await withDeadline(greeting, options.deadlineMs, `the monitor at ${path} says nothing`);
      await qmp.execute('qmp_capabilities', {}, options);
    } catch (error) {
      qmp.close();
      throw error;
    }
    return qmp;
  }

  /** Runs a command and resolves with what it returns. Throws `QmpError`, `deadline`, `unreachable`. */
  execute(
    command: string,
    args: Readonly<Record<string, unknown>> = {},
    options: { readonly deadlineMs?: number } = {},
  ): Promise<unknown> {
    const lines = this.#lines;
    if (lines === null || !lines.isOpen) return Promise.reject(ended());
    const id = this.#nextId++;
    const deadlineMs = options.deadlineMs ?? COMMAND_DEADLINE_MS;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new HypervisorError('deadline', `QEMU did not answer ${command} within ${deadlineMs} ms.`));
      }, deadlineMs);
      this.#waiting.set(id, { command, resolve, reject, timer });
      lines.send(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
    });
  }

  /** Calls back once when the session has ended. */
  onClose(listener: () => void): void {
    if (this.isOpen) this.#onClose.add(listener);
    else listener();
  }

  get isOpen(): boolean {
    return this.#lines?.isOpen ?? false;
  }

  close(): void {
    this.#lines?.close();
  }

  #read(line: string): void {
    let message: Readonly<Record<string, unknown>>;
    try {
      message = parseLine(line);
    } catch {
      // What cannot be understood cannot be matched: the command that waits for it meets its deadline.
      return;
    }
    if ('QMP' in message) {
      this.#greeted();
      return;
    }
    // Events have no id: nobody waits for one.
    const waiting = this.#waiting.get(Number(message.id));
    if (waiting === undefined) return;
    this.#waiting.delete(Number(message.id));
    clearTimeout(waiting.timer);
    if ('error' in message) {
      const { class: className, desc } = message.error as { class: string; desc: string };
      waiting.reject(new QmpError(waiting.command, className, desc));
    } else waiting.resolve(message.return);
  }

  #end(): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(ended());
    }
    this.#waiting.clear();
    for (const listener of this.#onClose) listener();
    this.#onClose.clear();
  }
}

const ended = (): HypervisorError => new HypervisorError('unreachable', 'The monitor’s session has ended.');

const withDeadline = async <T>(promise: Promise<T>, deadlineMs: number, complaint: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HypervisorError('deadline', complaint)), deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
