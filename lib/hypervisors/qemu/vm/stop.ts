import { HypervisorError } from '../../types';
import { killProcess, killProcessesIn, untilGone } from './process';
import type { VmRecord } from './record';
import type { Vms } from './vms';

const AGENT_MS_MAX = 5_000;

/** Asks the guest to shut down, and ends it at the deadline. Fine when it does not run. */
export const stopVm = async (vms: Vms, record: VmRecord, deadlineMs: number): Promise<VmRecord> => {
  const { process: running, spec } = record;
  if (running === null) return record;
  const expires = performance.now() + deadlineMs;
  // From here on its end is no crash, whoever notices it first.
  await vms.noteOrder(spec.id, running);
  // The agent's own shutdown request needs a login manager, which guests do not have. Nobody waits for the answer: that
  // the process ends is the answer.
  const asked = vms.sessions
    .agent(spec.id, running.pid)
    .request('guest-exec', { path: '/bin/systemctl', arg: ['poweroff'] }, Math.min(deadlineMs, AGENT_MS_MAX));
  asked.catch(() => undefined);
  try {
    await untilGone(running, Math.max(Math.ceil(expires - performance.now()), 1));
  } catch (error) {
    if (!(error instanceof HypervisorError) || error.code !== 'deadline') throw error;
  }
  return killVm(vms, record);
};

/**
 * Ends the VM at once. Fine when it does not run. Resolves when the kernel has no process of it, not even one that
 * was started by a driver which died before it could write that down.
 */
export const killVm = async (vms: Vms, record: VmRecord): Promise<VmRecord> => {
  const { id } = record.spec;
  const { process: running } = record;
  if (running !== null) await vms.noteOrder(id, running);
  if (running !== null) await killProcess(running);
  await killProcessesIn(vms.records.directoryOf(id));
  return running === null ? record : vms.noteEnd(id, running);
};
