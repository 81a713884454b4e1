import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** Set for everything a test run starts, and passed on to what that starts. */
export const RUN_VARIABLE = 'HEADROOM_TEST_RUN';

const NAMESPACES = '/run/netns';
const DEVICES = '/sys/class/net';
const OURS = /^(hr[0-9a-f]{6}|tap[0-9a-f]{12}$)/;
/** Caches of tools, which the next run may use; the folder they are in is removed with the run. */
const CACHES = /^(tsx-|node-compile-cache|playwright-transform-cache|v8-compile-cache)/;

const list = (folder) => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Network devices of this machine's own namespace; a lab has none there. */
export const observeDevices = () => list(DEVICES);

/**
 * Notes which labs a run makes: their names follow from their state directories, which are in its folder for temporary
 * files while it runs.
 *
 * @param {string} temporary
 */
export function watchLabs(temporary) {
  const ids = new Set();
  const look = () => {
    for (const home of findHomes(temporary)) ids.add(labIdOf(home));
  };
  const timer = setInterval(look, 500);
  timer.unref();
  return {
    ids: () => {
      look();
      return [...ids];
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * What a test run has left on this machine: processes that carry its mark, networks of labs that it has made, devices
 * that are new since `devices` were listed, files in its folder for temporary ones.
 *
 * @param {{ runId: string, labs: readonly string[], devices: readonly string[], temporary: string }} run
 * @returns {string[]} one line each, empty when nothing is left
 */
export function findLeftovers({ runId, labs, devices, temporary }) {
  return [
    ...findProcesses(runId).map(
      (pid) => `process ${pid}: ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 200)}`,
    ),
    ...namespacesOf(labs).map((name) => `network namespace ${name}`),
    ...list(DEVICES)
      .filter((name) => OURS.test(name) && !devices.includes(name))
      .map((name) => `network device ${name}`),
    ...list(temporary)
      .filter((name) => !CACHES.test(name))
      .map((name) => `file ${join(temporary, name)}`),
  ];
}

const namespacesOf = (labs) => list(NAMESPACES).filter((name) => labs.some((id) => name.startsWith(`${id}-`)));

/** As the lab names its namespaces, see lib/hypervisors/qemu/lab/names.ts. */
const labIdOf = (home) => `hr${createHash('sha256').update(home).digest('hex').slice(0, 6)}`;

/** Processes that carry the mark of this run, this one aside. */
function findProcesses(runId) {
  const mark = `${RUN_VARIABLE}=${runId}`;
  return list('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(mark))
    .map(Number);
}

/**
 * Removes what a run that was cut short has left: its processes and the networks of its labs.
 *
 * @param {{ runId: string, labs: readonly string[] }} run
 */
export async function sweep({ runId, labs }) {
  for (const pid of findProcesses(runId)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone in the meantime, which is what was wanted.
    }
  }
  for (const name of namespacesOf(labs)) await run('ip', ['netns', 'delete', name], { deadlineMs: 10_000 });
}

/** State directories below a folder, at most two levels down. */
function findHomes(folder, depth = 0) {
  if (existsSync(join(folder, 'lab'))) return [folder];
  if (depth === 2) return [];
  return list(folder).flatMap((name) => findHomes(join(folder, name), depth + 1));
}
