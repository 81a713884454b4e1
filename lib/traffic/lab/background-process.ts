import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isAlive, killProcess, type ProcessIdentity, untilGone } from '@/lib/hypervisors/qemu/vm/process';
import { HypervisorError } from '@/lib/hypervisors/types';
import { ControlClient } from './control/client';
import { type CommonMethods, type Methods, PROTOCOL_VERSION } from './control/messages';
import type { ProcessPaths } from './paths';

/** Loading TypeScript takes 0.3 s on an idle machine; among guests that boot it was seen to take seconds. */
const START_MS_MAX = 30_000;
const START_POLL_MS = 20;
const END_MS_MAX = 3_000;
const VERSION_MS_MAX = 5_000;

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** The package's entry that registers itself, whatever directory the process works in. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export interface Prefix {
  readonly command: string;
  readonly args: readonly string[];
}

export interface BackgroundProcessOptions {
  readonly paths: ProcessPaths;
  /** Its TypeScript file, and its arguments. */
  readonly main: string;
  readonly args: readonly string[];
  /** What to put before the program to run it elsewhere. */
  readonly prefix: () => Prefix;
}

/** A process of our own that outlives us, and that a later one of us finds again by its control socket. */
export class BackgroundProcess<M extends Methods<M> & CommonMethods> {
  readonly client: ControlClient<M>;
  readonly #options: BackgroundProcessOptions;

  constructor(options: BackgroundProcessOptions) {
    this.#options = options;
    this.client = new ControlClient(options.paths.socket);
  }

  /** Adopts the process that runs, or starts one. Only under the lock. Resolves with whether it was started. */
  async ensure(): Promise<boolean> {
    if ((await this.#version()) === PROTOCOL_VERSION) return false;
    await this.end();
    await this.#start();
    return true;
  }

  /** Fine when it does not run. */
  async end(): Promise<void> {
    const { record, socket } = this.#options.paths;
    this.client.close();
    const identity = await readRecord(record);
    if (identity !== null && (await isAlive(identity))) {
      try {
        process.kill(identity.pid, 'SIGTERM');
      } catch {
        // It ended in this moment.
      }
      await untilGone(identity, END_MS_MAX).catch(() => killProcess(identity));
    }
    await Promise.all([rm(record, { force: true }), rm(socket, { force: true })]);
  }

  async #version(): Promise<number | null> {
    return this.client
      .ask('version', null, { timeoutMs: VERSION_MS_MAX })
      .then(Number)
      .catch(() => null);
  }

  async #start(): Promise<void> {
    const { paths, main, args, prefix } = this.#options;
    const { command, args: before } = prefix();
    const log = openSync(paths.log, 'w', 0o600);
    const words = [...before, process.execPath, '--max-old-space-size=512', '--import', TSX, main, ...args];
    const child = spawn(command, words, {
      detached: true,
      cwd: ROOT,
      env: { NODE_ENV: 'production', PATH: process.env.PATH, TSX_TSCONFIG_PATH: `${ROOT}/tsconfig.json` },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const ended = new Promise<true>((resolve) => {
      child.once('error', () => resolve(true));
      child.once('exit', () => resolve(true));
    });
    child.unref();
    const expires = performance.now() + START_MS_MAX;
    for (;;) {
      // The record is what it writes last.
      if ((await readRecord(paths.record)) !== null && (await this.#version()) !== null) return;
      const isOver = await Promise.race([ended, pause(START_POLL_MS)]);
      if (!isOver && performance.now() < expires) continue;
      if (!isOver && child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      throw new HypervisorError('failed', await this.#whyNot(), { retryable: true });
    }
  }

  async #whyNot(): Promise<string> {
    const log = await readFile(this.#options.paths.log, 'utf8').catch(() => '');
    return `A traffic process did not start: ${log.trim().split('\n').slice(-5).join(' ')}`;
  }
}

const pause = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), ms));

const readRecord = async (path: string): Promise<ProcessIdentity | null> => {
  try {
    const { pid, startTicks } = JSON.parse(await readFile(path, 'utf8')) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof startTicks === 'number' ? { pid, startTicks } : null;
  } catch {
    return null;
  }
};
