import { writeFile } from 'node:fs/promises';
import { run } from '../run';

/**
 * Clients wait for VMs, and members of a cluster take the VIP from one that is not run for some 0.3 s: VMs go before
 * what else is done on this machine, the control plane's own work as well, which still gets a seventh of a processor
 * (sched_prio_to_weight: 3121 to 1024). Only root may prefer anybody.
 */
const NICENESS = -5;

/** What to put before QEMU. */
export const preferred = (): readonly string[] => (process.getuid?.() === 0 ? ['nice', '-n', String(NICENESS)] : []);

/** Where the kernel shares out processor time by session (autogroup), the session's niceness is what counts. */
export const preferSession = async (pid: number): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  // Kernels without it have no such file.
  await writeFile(`/proc/${pid}/autogroup`, String(NICENESS)).catch(() => undefined);
};

const CHRT_DEADLINE_MS = 5_000;

/**
 * QEMU's main loop brings a guest its timers and packets. Under emulation it shares a processor with the threads that
 * are the guest's processors and never rest: where VMs were more than processors it waited up to 0.4 s for its turn, and
 * the others took the VIP from a member that was well. It has next to nothing to do, so it goes before everything that is
 * not in real time. Threads that it makes do not inherit this; those that are virtual processors are there already.
 */
export const preferMainLoop = async (pid: number): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  // Root of a container may not be allowed to.
  await run('chrt', ['--reset-on-fork', '--rr', '--pid', '1', String(pid)], { deadlineMs: CHRT_DEADLINE_MS }).catch(
    () => undefined,
  );
};
