import { readdir, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';

/**
 * Sets the niceness (-20 to 19, the lower the earlier) of a process: of all its threads, and of its session, because where
 * the kernel shares time among sessions first (`sched(7)`, autogroup) only that one counts beside other sessions. Threads that
 * it makes later inherit it. Only root may prefer anybody: nothing happens otherwise.
 */
export const setNiceness = async (pid: number, niceness: number): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  // Kernels without sessions' shares have no such file.
  await writeFile(`/proc/${pid}/autogroup`, String(niceness)).catch(() => undefined);
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  for (const thread of threads) {
    try {
      setPriority(Number(thread), niceness);
    } catch {
      // It has ended meanwhile, or root of a container may not.
    }
  }
};
