import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setup-error.mjs';

/**
 * Process records below `<home>/run`: who runs here, told apart from a later process with the same number by the time
 * at which it started.
 *
 * @typedef {{ pid: number, startedAt: string }} ProcessRecord
 * @typedef {'start' | 'web' | 'orchestrator'} ProcessName
 */

/**
 * When a process started, in the operating system's own words; null when there is none.
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function startTimeOf(pid) {
  if (process.platform === 'linux') {
    try {
      // Field 22, counted after the command's name, which may hold spaces and brackets itself. State Z has ended.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    } catch {
      return null;
    }
  }
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 }).trim() || null
    );
  } catch {
    return null;
  }
}

/** @param {string} home @param {ProcessName} name */
const pathOf = (home, name) => join(home, 'run', `${name}.json`);

/**
 * The recorded process if it still runs.
 *
 * @param {string} home
 * @param {ProcessName} name
 * @returns {number | null} its process id
 */
export function findRunning(home, name) {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(pathOf(home, name), 'utf8'));
    return startTimeOf(pid) === startedAt ? pid : null;
  } catch {
    return null;
  }
}

/** @param {string} home @param {ProcessName} name @param {number} pid */
export function recordProcess(home, name, pid) {
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  writeFileSync(pathOf(home, name), JSON.stringify({ pid, startedAt: startTimeOf(pid) }), { mode: 0o600 });
}

/** @param {string} home @param {ProcessName} name */
export function forgetProcess(home, name) {
  rmSync(pathOf(home, name), { force: true });
}

/**
 * Makes this process the one that runs Headroom from this state directory. Of several at once one succeeds.
 *
 * @param {string} home
 * @returns {() => void} gives it back
 */
export function claimHome(home) {
  const mine = join(home, 'run', `start.${process.pid}`);
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  writeFileSync(mine, JSON.stringify({ pid: process.pid, startedAt: startTimeOf(process.pid) }), { mode: 0o600 });
  try {
    const running = findRunning(home, 'start');
    if (running !== null) throw new SetupError(alreadyRuns(home, running));
    forgetProcess(home, 'start');
    linkSync(mine, pathOf(home, 'start'));
  } catch (error) {
    const other = error?.code === 'EEXIST' ? findRunning(home, 'start') : null;
    throw other === null ? error : new SetupError(alreadyRuns(home, other));
  } finally {
    rmSync(mine, { force: true });
  }
  return () => forgetProcess(home, 'start');
}

/**
 * @param {string} home
 * @param {number} pid
 */
export const alreadyRuns = (home, pid) =>
  `Headroom runs already from ${home} (process ${pid}). Stop it there with Ctrl-C, or with: npx headroom down`;
