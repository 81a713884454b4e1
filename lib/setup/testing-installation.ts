import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port';

const run = promisify(execFile);
const DOWN_DEADLINE_MS = 180_000;
const CLI_DEADLINE_MS = 120_000;
const READY = 'Ctrl-C stops the control plane';
/** Where gateways may begin: 1,000 ports each, below those that outgoing connections get. */
const GATEWAY_BASES = [20_000, 21_000, 22_000, 23_000, 24_000, 25_000];

export interface InstallationOptions {
  readonly hypervisor: 'qemu' | 'simulated';
  /** Aborted while it starts: what has started is removed again. */
  readonly signal?: AbortSignal;
}

/** Headroom as `npm start` brings it up, with a state directory of its own. */
export interface Installation {
  readonly url: string;
  /** The address of the page that makes the first administrator. */
  readonly setupLink: string;
  readonly home: string;
  /** What `npm start` has printed so far. */
  output(): string;
  /** Runs `npx headroom …` there and resolves with what it printed on standard output. */
  cli(...args: readonly string[]): Promise<string>;
  /** Stops everything and removes it. */
  remove(): Promise<void>;
}

export const startInstallation = async ({
  hypervisor,
  signal,
  env: more = {},
}: InstallationOptions & {
  /** Settings besides those that every installation is given. */
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Installation> => {
  // Short, since paths of unix sockets are at most 107 characters long; open, since VMs do not run as root.
  const home = await mkdtemp(join(tmpdir(), 'e-'));
  await chmod(home, 0o755);
  const port = await freePort();
  const env = {
    ...process.env,
    HEADROOM_HOME: home,
    HEADROOM_HYPERVISOR: hypervisor,
    HEADROOM_GATEWAY_PORT: String(await freeGatewayBase()),
    PORT: String(port),
    ...more,
  };
  const node = (args: readonly string[], deadlineMs: number) =>
    run(process.execPath, args, { env, timeout: deadlineMs, maxBuffer: 16 * 1024 * 1024 });
  const start = spawn(process.execPath, ['lib/setup/start.mjs'], { env, detached: true });
  let output = '';
  for (const stream of [start.stdout, start.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const remove = async (): Promise<void> => {
    await endStart(start);
    await node(['lib/setup/down.mjs', '--purge'], DOWN_DEADLINE_MS);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await untilPrinted(start, READY, () => output, signal);
    const setupLink = /http:\S+\/setup\?token=\S+/.exec(output)?.[0];
    if (setupLink === undefined) throw new Error(`npm start printed no set-up link:\n${output}`);
    return {
      url: `http://127.0.0.1:${port}`,
      setupLink,
      home,
      output: () => output,
      cli: async (...args) => (await node(['lib/cli/headroom.mjs', ...args], CLI_DEADLINE_MS)).stdout,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** Waits for a line of a process, or for its end. How long that may take is the caller's fixture's limit. */
const untilPrinted = (
  child: ChildProcess,
  text: string,
  output: () => string,
  signal: AbortSignal | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    const look = (): void => {
      if (output().includes(text)) resolve();
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output()}`)));
  });

const endStart = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await gone;
};

/** Workers of one run look in different orders: two that begin at once would find the same ports free. */
const freeGatewayBase = async (): Promise<number> => {
  const first = Number(process.env.TEST_PARALLEL_INDEX ?? 0) % GATEWAY_BASES.length;
  for (const base of [...GATEWAY_BASES.slice(first), ...GATEWAY_BASES.slice(0, first)]) {
    if (await freePort(base).then(Boolean, () => false)) return base;
  }
  throw new Error('No free ports for gateways.');
};
