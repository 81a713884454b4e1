import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

const OUTPUT_CHARACTERS_MAX = 1_000_000;

/** Process groups under way, so that a signal to this process takes them along. */
const groups = new Set();

/** Kills what `run` has under way. */
export function killRunning() {
  for (const pid of groups) killGroup(pid);
}

/**
 * Asks what `run` has under way to end, and makes it at the deadline.
 *
 * @param {number} deadlineMs
 */
export async function endRunning(deadlineMs) {
  for (const pid of groups) killGroup(pid, 'SIGTERM');
  const deadline = Date.now() + deadlineMs;
  while (groups.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
  killRunning();
}

function killGroup(pid, signal = 'SIGKILL') {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone in the meantime, which is what was wanted.
  }
}

/**
 * Runs a program to its end and resolves with its exit code and what it printed. At the deadline its process group is
 * killed and the code is 124, as timeout(1) has it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ deadlineMs: number, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { deadlineMs, env = process.env, onLine = () => undefined }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      const decoder = new StringDecoder('utf8');
      let line = '';
      stream.on('data', (chunk) => {
        const text = decoder.write(chunk);
        output = (output + text).slice(-OUTPUT_CHARACTERS_MAX);
        const lines = (line + text).split('\n');
        line = lines.pop() ?? '';
        for (const whole of lines) onLine(whole);
      });
    }
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) killGroup(child.pid);
    }, deadlineMs);
    if (child.pid !== undefined) groups.add(child.pid);
    const settle = () => {
      clearTimeout(timer);
      if (child.pid !== undefined) groups.delete(child.pid);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code) => {
      settle();
      if (timedOut) output += `\nkilled after ${deadlineMs} ms`;
      resolve({ code: timedOut ? 124 : (code ?? 1), output });
    });
  });
}
