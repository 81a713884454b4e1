import { copyFile, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { HypervisorError, type VmPriority } from '../../types';
import type { GoldenSnapshot } from '../golden/golden';
import { GOLDEN_DISK_GIB } from '../golden/golden';
import type { GuestImage } from '../image';
import type { Lab } from '../lab';
import { giveToVmUser } from '../lab/vm-user';
import { type PluggedVolume, plugVolume } from '../volume/plug';
import { type BroughtUp, bringUp } from './bring-up';
import { type Machine, VM_FILES } from './command-line';
import { killProcess, type ProcessIdentity, startTimeOf } from './process';
import type { VmRecord } from './record';
import type { Vms } from './vms';

/** A restored guest answers within a second or two; one that is silent this long will stay so. */
const SNAPSHOT_DEADLINE_MS = 20_000;
/** Under emulation a cold boot takes some 15 s, several times that on a busy machine. */
const COLD_DEADLINE_MS = 90_000;

type Attempt = 'snapshot' | 'cold';

export interface StartContext {
  readonly vms: Vms;
  readonly lab: Lab;
  readonly machine: Machine;
  readonly image: GuestImage;
  readonly golden: GoldenSnapshot;
  /** Those that the VM has. */
  readonly volumes: readonly PluggedVolume[];
  readonly priority: VmPriority;
}

/**
 * A VM that never ran goes on from the golden snapshot; one that ran boots from its own disk, which the snapshot's
 * memory does not know. A start that fails is tried once more; a snapshot that fails twice gives way to a cold boot.
 */
const attemptsFor = (record: VmRecord): readonly Attempt[] =>
  record.startedFrom === null ? ['snapshot', 'snapshot', 'cold'] : ['cold', 'cold'];

/** Starts a VM that does not run. Throws `deadline` or what the last attempt failed with; nothing runs then. */
export const startVm = async (
  context: StartContext,
  record: VmRecord,
  options: { readonly deadlineMs: number },
): Promise<VmRecord> => {
  const expires = performance.now() + options.deadlineMs;
  const { id } = record.spec;
  let failure: unknown = null;
  for (const [retries, attempt] of attemptsFor(record).entries()) {
    const leftMs = Math.ceil(expires - performance.now());
    if (leftMs <= 0) break;
    const limitMs = attempt === 'snapshot' ? SNAPSHOT_DEADLINE_MS : COLD_DEADLINE_MS;
    try {
      const up = await startOnce(context, record, attempt, Math.min(leftMs, limitMs));
      // The monitor serves one client: whoever finds the VM up is to find this connection.
      context.vms.sessions.put(id, up.process.pid, up);
      const { process } = await context.vms.getRunning(id);
      const after = await context.vms.records.update(id, (now) => ({
        ...now,
        process: { ...process, isUp: true },
        startedFrom: attempt,
        bootRetries: record.bootRetries + retries,
      }));
      if (after === null) throw new HypervisorError('not_found', `There is no VM ${id}.`);
      return after;
    } catch (error) {
      failure = error;
      // Its process is gone: `bringUp` sees to that.
      await context.vms.records.update(id, () => ({
        ...record,
        process: null,
        bootRetries: record.bootRetries + retries,
      }));
    }
  }
  if (failure instanceof HypervisorError && failure.code !== 'deadline' && performance.now() < expires) throw failure;
  throw new HypervisorError('deadline', `${record.spec.name} did not start within ${options.deadlineMs} ms.`, {
    cause: failure,
  });
};

const startOnce = async (
  context: StartContext,
  record: VmRecord,
  attempt: Attempt,
  deadlineMs: number,
): Promise<BroughtUp> => {
  const { spec } = record;
  const { vms, lab, golden } = context;
  const directory = vms.records.directoryOf(spec.id);
  const [{ device }] = await Promise.all([
    lab.ensureTap(spec.hostId, spec.id),
    record.startedFrom === null ? freshDisk(directory, golden) : Promise.resolve(),
  ]);
  const snapshot = attempt === 'snapshot' ? await open(golden.state, 'r') : null;
  const onProcess = async (process: ProcessIdentity): Promise<void> => {
    const startedAt = (await startTimeOf(process)).toISOString();
    await vms.records.update(spec.id, () => ({
      ...record,
      process: { ...process, startedAt, isUp: false, isToEnd: false },
      endedAt: null,
      crashed: false,
    }));
  };
  try {
    const up = await bringUp({
      spec,
      directory,
      prefix: lab.enter({ host: spec.hostId }),
      machine: context.machine,
      image: context.image,
      tap: device,
      snapshot,
      diskGiB: spec.shape.diskGiB > GOLDEN_DISK_GIB ? spec.shape.diskGiB : null,
      priority: context.priority,
      deadlineMs,
      onProcess,
    });
    try {
      for (const volume of context.volumes) await plugVolume(up.monitor, volume);
    } catch (error) {
      up.agent.close();
      up.shell.close();
      up.monitor.close();
      await killProcess(up.process);
      throw error;
    }
    return up;
  } finally {
    await snapshot?.close();
  }
};

/** An empty overlay on the golden snapshot's disk. Whatever a failed attempt has written is gone. */
const freshDisk = async (directory: string, golden: GoldenSnapshot): Promise<void> => {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const disk = path.join(directory, VM_FILES.disk);
  await copyFile(golden.overlay, disk);
  await giveToVmUser([directory, disk]);
};
