import { writeFile } from 'node:fs/promises';

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
