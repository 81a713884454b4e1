import type { GuestChannel, GuestExecResult } from '../../types';
import { HypervisorError } from '../../types';
import type { GuestAgent } from './agent';
import type { GuestShell } from './shell';

/** Open connections to what listens in a guest. */
export interface OpenGuest {
  readonly agent: GuestAgent;
  readonly shell: GuestShell;
}

const PING_TIMEOUT_MS = 5_000;
const EXEC_TIMEOUT_MS = 30_000;
const POLL_FIRST_MS = 4;
const POLL_MS_MAX = 100;

/** One request to an agent that is at work takes a few milliseconds; this is the bound of those within an exec. */
const REQUEST_MS_MAX = 10_000;
/** A question that is under way at a program's deadline is waited for: who asks has to end the program. */
const GRACE_MS = 2_000;

interface ExecStatus {
  readonly exited: boolean;
  readonly exitcode?: number;
  readonly signal?: number;
  readonly 'out-data'?: string;
  readonly 'err-data'?: string;
}

const decode = (base64: string | undefined): string =>
  base64 === undefined ? '' : Buffer.from(base64, 'base64').toString('utf8');

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The guest channel over agent and shell. `find` throws when the VM does not run. Long programs block nobody: only the
 * questions whether they have ended go through the agent's queue.
 */
export const createGuestChannel = (find: () => Promise<OpenGuest>): GuestChannel => {
  const exec: GuestChannel['exec'] = async (command, args = [], options = {}) => {
    const timeoutMs = options.timeoutMs ?? EXEC_TIMEOUT_MS;
    const expires = performance.now() + timeoutMs;
    const { agent } = await find();
    const left = (): number => Math.min(Math.max(Math.ceil(expires - performance.now()), 0) + GRACE_MS, REQUEST_MS_MAX);
    const input = options.input === undefined ? {} : { 'input-data': Buffer.from(options.input).toString('base64') };
    const started = await agent.request(
      'guest-exec',
      { path: command, arg: args, 'capture-output': true, ...input },
      left(),
    );
    const { pid } = started as { pid: number };
    for (let waitMs = POLL_FIRST_MS; ; waitMs = Math.min(waitMs * 1.4, POLL_MS_MAX)) {
      await sleep(waitMs);
      const status = (await agent.request('guest-exec-status', { pid }, left())) as ExecStatus;
      if (status.exited) return toResult(status);
      if (performance.now() >= expires) {
        await agent.request('guest-exec', { path: '/bin/kill', arg: ['-9', String(pid)] }, REQUEST_MS_MAX);
        throw new HypervisorError('deadline', `${command} did not end within ${timeoutMs} ms.`);
      }
    }
  };

  return {
    ping: async (options = {}) => {
      const { agent } = await find();
      await agent.request('guest-ping', {}, options.timeoutMs ?? PING_TIMEOUT_MS);
    },
    exec,
    run: async (script, { timeoutMs = EXEC_TIMEOUT_MS } = {}) => {
      const { shell } = await find();
      try {
        return await shell.run(script, timeoutMs);
      } catch (error) {
        if (!(error instanceof HypervisorError) || error.code !== 'unreachable') throw error;
        // A program does as well; it takes the guest longer.
        return exec('/bin/bash', ['-s'], { input: script, timeoutMs });
      }
    },
    writeFile: async (path, content, options = {}) => {
      const script = 'set -eu; umask 077; cat > "$1.new"; chmod "$2" "$1.new"; mv -f "$1.new" "$1"';
      const args = ['-c', script, 'sh', path, options.mode ?? '0644'];
      await succeed(`writing ${path}`, exec('/bin/sh', args, { input: content }));
    },
    readFile: async (path) => (await succeed(`reading ${path}`, exec('/bin/cat', ['--', path]))).stdout,
  };
};

/** A program that a signal ended has 128 and the signal's number, as a shell reports it. */
const toResult = (status: ExecStatus): GuestExecResult => ({
  exitCode: status.exitcode ?? 128 + (status.signal ?? 0),
  stdout: decode(status['out-data']),
  stderr: decode(status['err-data']),
});

const succeed = async (what: string, running: Promise<GuestExecResult>): Promise<GuestExecResult> => {
  const result = await running;
  if (result.exitCode === 0) return result;
  throw new HypervisorError('guest_failed', `${what} failed in the guest: ${result.stderr.trim()}`, {
    retryable: false,
  });
};
