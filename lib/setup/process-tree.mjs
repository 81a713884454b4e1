import { readdirSync, readFileSync } from 'node:fs';
import { startTimeOf } from './process-record.mjs';

/** @typedef {{ pid: number, startedAt: string | null }} Process told apart from a later one with the same number */

/**
 * @param {number} pid
 * @returns {Process}
 */
export const processOf = (pid) => ({ pid, startedAt: startTimeOf(pid) });

/**
 * A process and all that descend from it, in whatever process group they are. Only itself where there is no /proc.
 *
 * @param {number} root
 * @returns {Process[]}
 */
export function treeOf(root) {
  const children = new Map();
  for (const [pid, parent] of listParents()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found.map(processOf);
}

/** @returns {[number, number][]} */
function listParents() {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
        return [[Number(name), Number(parent)]];
      } catch {
        return [];
      }
    });
}

/**
 * Asks processes to end and makes those that have not by the deadline. Resolves when all are gone.
 *
 * @param {readonly Process[]} processes
 * @param {number} deadlineMs
 */
export async function endAll(processes, deadlineMs) {
  const alive = () => processes.filter((p) => p.startedAt !== null && startTimeOf(p.pid) === p.startedAt);
  for (const { pid } of alive()) send(pid, 'SIGTERM');
  const deadline = Date.now() + deadlineMs;
  while (alive().length > 0) {
    if (Date.now() > deadline) for (const { pid } of alive()) send(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function send(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in the meantime, which is what was wanted.
  }
}
