import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
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

/** Networks of labs on this machine, those of other installations included. */
export const observeNetworks = () => ({ namespaces: list(NAMESPACES), devices: list(DEVICES) });

/**
 * What a test run has left on this machine: processes that carry its mark, networks that are new since `before` and not
 * in use by anybody else, files in its folder for temporary ones.
 *
 * @param {{ runId: string, before: ReturnType<typeof observeNetworks>, temporary: string }} run
 * @returns {string[]} one line each, empty when nothing is left
 */
export function findLeftovers({ runId, before, temporary }) {
  const processes = findProcesses(runId);
  const fresh = (kind) => observeNetworks()[kind].filter((name) => OURS.test(name) && !before[kind].includes(name));
  const used = namespacesOfOthers(processes);
  return [
    ...processes.map((pid) => `process ${pid}: ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 200)}`),
    ...fresh('namespaces')
      .filter((name) => !used.has(inodeOf(join(NAMESPACES, name))))
      .map((name) => `network namespace ${name}`),
    ...fresh('devices').map((name) => `network device ${name}`),
    ...list(temporary)
      .filter((name) => !CACHES.test(name))
      .map((name) => `file ${join(temporary, name)}`),
  ];
}

/** Processes that carry the mark of this run, this one aside. */
function findProcesses(runId) {
  const mark = `${RUN_VARIABLE}=${runId}`;
  return list('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(mark))
    .map(Number);
}

function namespacesOfOthers(ours) {
  const inodes = list('/proc')
    .filter((name) => /^\d+$/.test(name) && !ours.includes(Number(name)))
    .map((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/ns/net`);
      } catch {
        return '';
      }
    });
  return new Set(inodes);
}

const inodeOf = (path) => {
  try {
    return `net:[${statSync(path).ino}]`;
  } catch {
    return '';
  }
};

/**
 * Removes what a run that was cut short has left: its processes, and the networks of the labs whose state is in its
 * folder.
 *
 * @param {{ runId: string, temporary: string }} run
 */
export async function sweep({ runId, temporary }) {
  for (const pid of findProcesses(runId)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone in the meantime, which is what was wanted.
    }
  }
  const ids = findHomes(temporary).map((home) => `hr${createHash('sha256').update(home).digest('hex').slice(0, 6)}-`);
  for (const name of list(NAMESPACES).filter((n) => ids.some((id) => n.startsWith(id)))) {
    await run('ip', ['netns', 'delete', name], { deadlineMs: 10_000 });
  }
}

/** State directories below a folder, at most two levels down. */
function findHomes(folder, depth = 0) {
  if (existsSync(join(folder, 'lab'))) return [folder];
  if (depth === 2) return [];
  return list(folder).flatMap((name) => findHomes(join(folder, name), depth + 1));
}
