import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { HypervisorError } from '../types';

export interface RunOptions {
  readonly deadlineMs: number;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of standard output and standard error as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longest output that is kept of each stream; a program that prints more keeps its end. */
const OUTPUT_MAX = 1024 * 1024;

const keepEnd = (text: string): string => (text.length > OUTPUT_MAX ? text.slice(-OUTPUT_MAX) : text);

/**
 * Runs a program of this machine (no shell) in a process group of its own and resolves with its output, whatever its
 * exit code. Throws `deadline` after killing the whole group, `failed` when the program cannot be started.
 */
export const run = (command: string, args: readonly string[], options: RunOptions): Promise<RunResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { detached: true, env: options.env ?? process.env, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = keepEnd(stdout + text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = keepEnd(stderr + text);
    });
    if (options.onLine !== undefined) {
      createInterface({ input: child.stdout }).on('line', options.onLine);
      createInterface({ input: child.stderr }).on('line', options.onLine);
    }
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      killGroup(child.pid);
    }, options.deadlineMs);
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new HypervisorError('failed', `${command} cannot be started: ${cause.message}`, { cause }));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (isLate) reject(new HypervisorError('deadline', `${command} did not end within ${options.deadlineMs} ms.`));
      else resolve({ code: code ?? 128, stdout, stderr });
    });
    // A program that does not read its input is its own affair.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
};

/** Like `run`, but an exit code other than 0 throws `failed` with the last lines that the program printed. */
export const runOrThrow = async (command: string, args: readonly string[], options: RunOptions): Promise<RunResult> => {
  const result = await run(command, args, options);
  if (result.code === 0) return result;
  const said = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-12).join('\n');
  throw new HypervisorError('failed', `${command} failed with exit code ${result.code}:\n${said}`);
};
