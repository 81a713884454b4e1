import { HypervisorError } from '../../types';
import { isAlive, killProcess, untilGone } from './process';
import type { VmRecord } from './record';
import type { Vms } from './vms';

const AGENT_MS_MAX = 5_000;

/** Asks the guest to shut down, and ends it at the deadline. Fine when it does not run. */
export const stopVm = async (vms: Vms, record: VmRecord, deadlineMs: number): Promise<VmRecord> => {
  const { process: running, spec } = record;
  if (running === null) return record;
  const expires = Date.now() + deadlineMs;
  // The agent does not answer this request; that the process ends is the answer.
  const asked = vms.sessions
    .agent(spec.id, running.pid)
    .request('guest-shutdown', { mode: 'powerdown' }, Math.min(deadlineMs, AGENT_MS_MAX));
  asked.catch(() => undefined);
  try {
    await untilGone(running, Math.max(expires - Date.now(), 1));
  } catch (error) {
    if (!(error instanceof HypervisorError) || error.code !== 'deadline') throw error;
  }
  return killVm(vms, record);
};

/** Ends the VM at once. Fine when it does not run. Resolves when the kernel has no process of it. */
export const killVm = async (vms: Vms, record: VmRecord): Promise<VmRecord> => {
  if (record.process === null) return record;
  if (await isAlive(record.process)) await killProcess(record.process);
  return vms.noteEnd(record.spec.id, record.process, false);
};
