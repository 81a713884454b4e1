import { writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';

/**
 * As much as VMs that serve: while requests are held, clients wait for the control plane's next step as well, and on a busy
 * machine a step's two entries in its log took as long as its work.
 */
const NICENESS = -5;

/** Prefers a process that was just started, and what it will start, to what else is done here. Only root may. */
export const preferProcess = async (pid: number): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  try {
    setPriority(pid, NICENESS);
  } catch {
    // It has ended meanwhile, or root of a container may not.
  }
  // Where the kernel shares time among sessions first, a process's own priority counts only within its session: sched(7).
  await writeFile(`/proc/${pid}/autogroup`, String(NICENESS)).catch(() => undefined);
};
