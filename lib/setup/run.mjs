import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and resolves with its exit code and what it printed. At the deadline its process group is
 * killed and the code is 124, as timeout(1) has it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ deadlineMs: number, env?: NodeJS.ProcessEnv, echo?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { deadlineMs, env = process.env, echo = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-1_000_000);
      if (echo) process.stdout.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      process.kill(-child.pid, 'SIGKILL');
    }, deadlineMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (timedOut) output += `\nkilled after ${deadlineMs} ms`;
      resolve({ code: timedOut ? 124 : (code ?? 1), output });
    });
  });
}
