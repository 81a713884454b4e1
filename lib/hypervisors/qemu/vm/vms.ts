import type { VmFacts } from '../../types';
import { HypervisorError } from '../../types';
import type { Qmp } from '../wire/qmp';
import { isAlive, type ProcessIdentity } from './process';
import type { RunningProcess, VmRecord, VmRecords } from './record';
import { Sessions } from './sessions';

const STATUS_DEADLINE_MS = 1_000;

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

  constructor(records: VmRecords) {
    this.records = records;
    this.sessions = new Sessions(
      (vmId) => records.directoryOf(vmId),
      (vmId) => this.#seenEnds.set(vmId, new Date()),
    );
  }

  /** The record as the kernel has it now; null when there is no such VM. */
  async find(vmId: string): Promise<VmRecord | null> {
    const record = await this.records.find(vmId);
    if (record?.process == null || (await isAlive(record.process))) return record;
    return this.#noteEnd(record, true);
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

  /** Writes down that a process of the VM has ended, which must be so. `crashed`: nobody asked for it. */
  async noteEnd(vmId: string, ended: ProcessIdentity, crashed: boolean): Promise<VmRecord> {
    const record = await this.records.find(vmId);
    if (record === null) throw new HypervisorError('not_found', `There is no VM ${vmId}.`);
    return record.process?.pid === ended.pid ? this.#noteEnd(record, crashed) : record;
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

  async #stateOf(record: VmRecord): Promise<VmFacts['state']> {
    if (record.process === null) return record.crashed ? 'crashed' : 'stopped';
    if (!record.process.isUp) return 'starting';
    try {
      const monitor = await this.sessions.monitor(record.spec.id, record.process.pid);
      const { status } = (await monitor.execute('query-status', {}, { deadlineMs: STATUS_DEADLINE_MS })) as {
        status: string;
      };
      return status === 'running' ? 'running' : status === 'paused' ? 'paused' : 'unknown';
    } catch {
      return (await isAlive(record.process)) ? 'unknown' : 'crashed';
    }
  }

  async #noteEnd(record: VmRecord, crashed: boolean): Promise<VmRecord> {
    const { spec, process: ended } = record;
    this.sessions.close(spec.id);
    const seen = this.#seenEnds.get(spec.id) ?? null;
    this.#seenEnds.delete(spec.id);
    const sign = seen ?? (crashed ? await this.records.lastSign(spec.id) : new Date());
    const startedAt = new Date(ended?.startedAt ?? 0);
    const endedAt = sign !== null && sign > startedAt ? sign : new Date();
    const after: VmRecord = { ...record, process: null, crashed, endedAt: endedAt.toISOString() };
    await this.records.write(after);
    return after;
  }
}
