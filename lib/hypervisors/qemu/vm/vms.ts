import type { VmFacts } from '../../types';
import { HypervisorError } from '../../types';
import type { Qmp } from '../wire/qmp';
import { isAlive, type ProcessIdentity } from './process';
import type { RunningProcess, VmRecord, VmRecords } from './record';
import { Sessions } from './sessions';

const STATUS_DEADLINE_MS = 1_000;
/** How far the end of a VM may be off that ended while nobody looked, when it was looked after until shortly before. */
const SIGN_EVERY_MS = 2_000;

/** A VM whose process is alive and whose guest came up. */
export interface RunningVm {
  readonly record: VmRecord;
  readonly process: RunningProcess;
}

/**
 * What is known of VMs, corrected by what the kernel says: a process that is gone without having been asked to end
 * makes its VM crashed.
 */
export class Vms {
  readonly records: VmRecords;
  readonly sessions: Sessions;
  /** Ends that this process saw as they happened: the monitor's connection closed. */
  readonly #seenEnds = new Map<string, Date>();
  /** When a sign of life was last left for each VM, in milliseconds. */
  readonly #signs = new Map<string, number>();

  constructor(records: VmRecords) {
    this.records = records;
    this.sessions = new Sessions(
      (vmId) => records.directoryOf(vmId),
      (vmId, pid) => this.#seenEnds.set(keyOf(vmId, { pid }), new Date()),
    );
  }

  /** The record as the kernel has it now; null when there is no such VM. */
  async find(vmId: string): Promise<VmRecord | null> {
    const record = await this.records.find(vmId);
    if (record?.process == null || (await isAlive(record.process))) return record;
    return this.noteEnd(vmId, record.process);
  }

  /** Throws `not_found`. */
  async get(vmId: string): Promise<VmRecord> {
    const record = await this.find(vmId);
    if (record === null) throw new HypervisorError('not_found', `There is no VM ${vmId}.`);
    return record;
  }

  /** Throws `not_found`, or `wrong_state` when it does not run. */
  async getRunning(vmId: string): Promise<RunningVm> {
    const record = await this.get(vmId);
    if (record.process === null) throw new HypervisorError('wrong_state', `The VM ${record.spec.name} does not run.`);
    return { record, process: record.process };
  }

  /** Throws what `getRunning` throws, or `unreachable`. */
  async monitor(vmId: string): Promise<Qmp> {
    const { process } = await this.getRunning(vmId);
    return this.sessions.monitor(vmId, process.pid);
  }

  /** Writes down that the VM's process is to end; whoever sees it end from now on knows why. */
  async noteOrder(vmId: string, process: ProcessIdentity): Promise<void> {
    await this.records.update(vmId, (record) =>
      record.process?.pid === process.pid ? { ...record, process: { ...record.process, isToEnd: true } } : record,
    );
  }

  /** Writes down that a process of the VM has ended, which must be so. Throws `not_found`. */
  async noteEnd(vmId: string, ended: ProcessIdentity): Promise<VmRecord> {
    const seen = this.#seenEnds.get(keyOf(vmId, ended)) ?? null;
    const lastSign = await this.records.lastSign(vmId);
    const after = await this.records.update(vmId, (record) => {
      const { process } = record;
      // Another call was first, or a new process runs by now.
      if (process === null || process.pid !== ended.pid || process.startTicks !== ended.startTicks) return record;
      const sign = seen ?? (process.isToEnd ? new Date() : lastSign);
      const endedAt = sign !== null && sign > new Date(process.startedAt) ? sign : new Date();
      return { ...record, process: null, crashed: !process.isToEnd, endedAt: endedAt.toISOString() };
    });
    this.#seenEnds.delete(keyOf(vmId, ended));
    this.sessions.close(vmId, ended.pid);
    if (after === null) throw new HypervisorError('not_found', `There is no VM ${vmId}.`);
    return after;
  }

  async facts(record: VmRecord, volumes: readonly string[]): Promise<VmFacts> {
    const { spec } = record;
    return {
      id: spec.id,
      name: spec.name,
      hostId: spec.hostId,
      state: await this.#stateOf(record),
      shape: spec.shape,
      address: spec.nic.address,
      mac: spec.nic.mac,
      accelerator: record.accelerator,
      startedAt: record.process === null ? null : new Date(record.process.startedAt),
      endedAt: record.process !== null || record.endedAt === null ? null : new Date(record.endedAt),
      bootRetries: record.bootRetries,
      startedFrom: record.startedFrom,
      volumes,
    };
  }

  async #leaveSign(vmId: string): Promise<void> {
    const now = new Date();
    if (now.getTime() - (this.#signs.get(vmId) ?? 0) < SIGN_EVERY_MS) return;
    this.#signs.set(vmId, now.getTime());
    await this.records.leaveSign(vmId, now);
  }

  async #stateOf(record: VmRecord): Promise<VmFacts['state']> {
    if (record.process === null) return record.crashed ? 'crashed' : 'stopped';
    if (!record.process.isUp) return 'starting';
    try {
      const monitor = await this.sessions.monitor(record.spec.id, record.process.pid);
      const { status } = (await monitor.execute('query-status', {}, { deadlineMs: STATUS_DEADLINE_MS })) as {
        status: string;
      };
      await this.#leaveSign(record.spec.id);
      return status === 'running' ? 'running' : status === 'paused' ? 'paused' : 'unknown';
    } catch {
      if (await isAlive(record.process)) return 'unknown';
      return record.process.isToEnd ? 'stopped' : 'crashed';
    }
  }
}

const keyOf = (vmId: string, process: Pick<ProcessIdentity, 'pid'>): string => `${vmId}/${process.pid}`;
