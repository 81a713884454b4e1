import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { endAll, treeOf } from './process-tree.mjs';

const OUTPUT_CHARACTERS_MAX = 1_000_000;
/** What is ended cleans up first. */
const GRACE_MS = 5_000;

/** Programs under way, so that they can be ended with this process. */
const underWay = new Set();

/**
 * Ends what `run` has under way, with all that it has started: asks first, and makes it at the deadline.
 *
 * @param {number} deadlineMs
 */
export const endRunning = (deadlineMs) => endAll([...underWay].flatMap(treeOf), deadlineMs);

/**
 * Runs a program to its end and resolves with its exit code and what it printed. At the deadline it is
 * ended with all that it has started and the code is 124, as timeout(1) has it.
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
      if (child.pid !== undefined) void endAll(treeOf(child.pid), GRACE_MS);
    }, deadlineMs);
    if (child.pid !== undefined) underWay.add(child.pid);
    const settle = () => {
      clearTimeout(timer);
      if (child.pid !== undefined) underWay.delete(child.pid);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code) => {
      settle();
      if (timedOut) output += `\nended after ${deadlineMs} ms`;
      resolve({ code: timedOut ? 124 : (code ?? 1), output });
    });
  });
}
