import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Serial } from '@/lib/concurrency/serial';
import type { Accelerator, VmSpec } from '../../types';
import type { ProcessIdentity } from './process';

/** What is known of a VM besides its process; one file per VM, replaced whole. Times are ISO 8601. */
export interface VmRecord {
  readonly spec: VmSpec;
  readonly accelerator: Accelerator;
  /** The process that runs it, or ran it last and was not seen to end. */
  readonly process: RunningProcess | null;
  readonly endedAt: string | null;
  /** Whether it ended without being asked to. */
  readonly crashed: boolean;
  readonly startedFrom: 'snapshot' | 'cold' | null;
  readonly bootRetries: number;
}

export interface RunningProcess extends ProcessIdentity {
  readonly startedAt: string;
  /** Whether its guest answered in its shape once; until then a new driver starts it anew. */
  readonly isUp: boolean;
  /** Whether its end was ordered: written down before the order goes out, so that the end is nobody's surprise. */
  readonly isToEnd: boolean;
}

const FILE = 'vm.json';

/** The VMs of a state directory. */
export class VmRecords {
  readonly #directory: string;
  readonly #serial = new Serial();
  #count = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  directoryOf(vmId: string): string {
    return path.join(this.#directory, vmId);
  }

  async find(vmId: string): Promise<VmRecord | null> {
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(vmId)) return null;
    const text = await readFile(path.join(this.directoryOf(vmId), FILE), 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as VmRecord);
  }

  async list(): Promise<readonly VmRecord[]> {
    const names = await readdir(this.#directory).catch(() => []);
    const records = await Promise.all(names.sort().map((name) => this.find(name)));
    return records.filter((record) => record !== null);
  }

  async write(record: VmRecord): Promise<void> {
    const directory = this.directoryOf(record.spec.id);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const beside = path.join(directory, `${FILE}.${process.pid}.${this.#count++}`);
    await writeFile(beside, JSON.stringify(record), { mode: 0o600 });
    await rename(beside, path.join(directory, FILE));
  }

  /** Replaces a record by what follows from it; changes of one VM come one after another. Null when there is none. */
  update(vmId: string, change: (record: VmRecord) => VmRecord): Promise<VmRecord | null> {
    return this.#serial.run(vmId, async () => {
      const before = await this.find(vmId);
      if (before === null) return null;
      const after = change(before);
      if (after !== before) await this.write(after);
      return after;
    });
  }

  /** Leaves a sign that the VM runs, for `lastSign`. Fine when it is gone. */
  async leaveSign(vmId: string, now: Date): Promise<void> {
    await utimes(path.join(this.directoryOf(vmId), FILE), now, now).catch(() => undefined);
  }

  async remove(vmId: string): Promise<void> {
    await rm(this.directoryOf(vmId), { recursive: true, force: true });
  }

  /** Removes the directory of all VMs; none may run. */
  async removeAll(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** When something was last written for the VM: the best that is known of an end that nobody saw. */
  async lastSign(vmId: string): Promise<Date | null> {
    const directory = this.directoryOf(vmId);
    const names = await readdir(directory).catch(() => []);
    const times = await Promise.all(
      names.map(async (name) => (await stat(path.join(directory, name)).catch(() => null))?.mtimeMs ?? 0),
    );
    const last = Math.max(0, ...times);
    return last === 0 ? null : new Date(last);
  }
}
