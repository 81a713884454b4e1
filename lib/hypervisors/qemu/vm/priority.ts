import { setNiceness } from '@/lib/processes/niceness';
import type { VmPriority } from '../../types';
import { run } from '../run';

/**
 * Clients wait for VMs, and members of a cluster take the VIP from one that is not run for some 0.3 s: VMs that serve go
 * before what else is done on this machine, the control plane's own work as well, which still gets a seventh of a
 * processor (sched_prio_to_weight: 3121 to 1024). The orchestrator put before them (-12) had members miss each other's checks:
 * with 120 requests a second hundreds failed in a change, where none had. VMs that are being built or kept ready are as all
 * else: with 200 requests a second two emulated members take four fifths of two processors, and a third and fourth that start
 * beside them on equal terms had clients wait until they gave up. One that clients wait for, while its application starts, goes
 * before those that only hold their requests meanwhile. Only root may prefer anybody.
 */
const NICENESS: Readonly<Record<VmPriority, number>> = { awaited: -10, serving: -5, standby: 0 };

/** What to put before QEMU. */
export const launchedAs = (priority: VmPriority): readonly string[] =>
  process.getuid?.() === 0 ? ['nice', '-n', String(NICENESS[priority])] : [];

export const setProcessPriority = (pid: number, priority: VmPriority): Promise<void> =>
  setNiceness(pid, NICENESS[priority]);

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
