import { readdirSync, readlinkSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { HypervisorError } from '../../types';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Field 22 of /proc/<pid>/stat: clock ticks from the machine's boot to the process's start. */
  readonly startTicks: number;
}

/** Clock ticks per second of Linux's interfaces to user space, on every architecture that Debian has. */
const TICKS_PER_SECOND = 100;
const POLL_MS = 10;
/** Places in /proc/<pid>/stat (proc(5), fields 20 and 22) behind the name. */
const THREADS = 17;
const START_TICKS = 19;

/**
 * The identity of a process that is alive; null when there is none or it is only waiting to be reaped. One whose first
 * thread has ended is alive while others are: they hold its files, and their locks, and may still write.
 */
export const findProcess = async (pid: number): Promise<ProcessIdentity | null> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // The name in parentheses may hold anything; what follows the last one is numbers.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'X' || (state === 'Z' && Number(fields[THREADS]) <= 1)) return null;
  return { pid, startTicks: Number(fields[START_TICKS]) };
};

export const isAlive = async (identity: ProcessIdentity): Promise<boolean> =>
  (await findProcess(identity.pid))?.startTicks === identity.startTicks;

/** When the kernel started it, to a hundredth of a second. */
export const startTimeOf = async (identity: ProcessIdentity): Promise<Date> => {
  const boot = /^btime (\d+)$/m.exec(await readFile('/proc/stat', 'utf8'));
  return new Date(Number(boot?.[1] ?? 0) * 1_000 + (identity.startTicks / TICKS_PER_SECOND) * 1_000);
};

/** Resolves when the kernel has no such process any more; throws `deadline`. */
export const untilGone = async (identity: ProcessIdentity, deadlineMs: number): Promise<void> => {
  const expires = performance.now() + deadlineMs;
  while (await isAlive(identity)) {
    if (performance.now() > expires)
      throw new HypervisorError('deadline', `Process ${identity.pid} did not end within ${deadlineMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

/** Ends a process at once and waits until the kernel has none. A process that is gone already is fine. */
export const killProcess = async (identity: ProcessIdentity, deadlineMs = 10_000): Promise<void> => {
  if (!(await isAlive(identity))) return;
  try {
    process.kill(identity.pid, 'SIGKILL');
  } catch (cause) {
    if (await isAlive(identity))
      throw new HypervisorError('failed', `Process ${identity.pid} cannot be ended.`, { cause });
  }
  await untilGone(identity, deadlineMs);
};

/**
 * Every process that works in this directory. A QEMU process works in its VM's directory from before its first
 * instruction, so this finds one even where whoever started it died before it could write the number down.
 */
export const findProcessesIn = async (directory: string): Promise<readonly ProcessIdentity[]> => {
  const real = await realpath(directory).catch(() => directory);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && workingDirectoryOf(name) === real);
  const found = await Promise.all(pids.map((pid) => findProcess(Number(pid))));
  return found.filter((identity) => identity !== null);
};

/** Ends every process that works in this directory; resolves when the kernel has none. */
export const killProcessesIn = async (directory: string): Promise<void> => {
  const found = await findProcessesIn(directory);
  await Promise.all(found.map((identity) => killProcess(identity)));
};

/** Null for a process that is gone, or that belongs to somebody whose directory is not ours to see. */
const workingDirectoryOf = (pid: string): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
};
