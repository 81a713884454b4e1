import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { VmPriority, VmSpec } from '../../types';
import { HypervisorError } from '../../types';
import { GuestAgent } from '../guest/agent';
import { createGuestChannel, type OpenGuest } from '../guest/channel';
import { GuestShell } from '../guest/shell';
import type { GuestImage } from '../image';
import type { Prefix } from '../lab/realm';
import type { Qmp } from '../wire/qmp';
import { cpuOf, DEVICES, type Machine, renderCommandLine, VM_FILES } from './command-line';
import { planHotPlug } from './hot-plug';
import { renderIdentityScript } from './identity';
import { type Launched, launch } from './launch';
import { preferMainLoop } from './priority';
import { killProcess, type ProcessIdentity } from './process';

export interface BringUp {
  readonly spec: VmSpec;
  readonly directory: string;
  readonly prefix: Prefix;
  readonly machine: Machine;
  readonly image: GuestImage;
  readonly tap: string;
  /** The golden snapshot to go on from; null boots from the VM's own disk. */
  readonly snapshot: FileHandle | null;
  /** Virtual size of the disk, where it is to be more than the snapshot's. */
  readonly diskGiB: number | null;
  readonly priority: VmPriority;
  readonly deadlineMs: number;
  /** Called as soon as a process runs, so that it is on record before anything may be lost. */
  readonly onProcess: (process: ProcessIdentity) => Promise<void>;
  /** Called when the guest answers, before it has its shape and identity. */
  readonly onAnswer?: () => void;
}

export interface BroughtUp extends Launched {
  readonly agent: GuestAgent;
  readonly shell: GuestShell;
}

const STATE_POLL_MS = 2;
/** Seconds between the balloon's reports of the guest's memory. */
const BALLOON_SECONDS = 2;

/**
 * Brings a VM up in its shape with its identity: its guest answers when this resolves. Throws after the deadline, or
 * with what failed; the process is gone then.
 */
export const bringUp = async (options: BringUp): Promise<BroughtUp> => {
  const expires = performance.now() + options.deadlineMs;
  const left = (): number => Math.max(Math.ceil(expires - performance.now()), 1);
  const { spec, machine, image } = options;
  const incoming = options.snapshot !== null;
  const args = renderCommandLine({ name: spec.name, machine, image, cache: 'writeback', incoming });
  const { process: running, monitor } = await launch({
    directory: options.directory,
    prefix: options.prefix,
    args: incoming ? args : [...args, '-S'],
    snapshot: options.snapshot,
    priority: options.priority,
    deadlineMs: left(),
  });
  const agent = new GuestAgent(path.join(options.directory, VM_FILES.agent));
  const shell = new GuestShell(path.join(options.directory, VM_FILES.shell));
  try {
    await options.onProcess(running);
    if (incoming) await untilRestored(monitor, left);
    const plugs = planHotPlug({
      shape: spec.shape,
      cpuDevice: cpuOf(machine.accelerator).device,
      mac: spec.nic.mac,
      tap: options.tap,
    });
    for (const { command, args } of plugs) await monitor.execute(command, args, { deadlineMs: left() });
    await preferMainLoop(running.pid);
    if (options.diskGiB !== null) {
      await monitor.execute(
        'block_resize',
        { device: 'root', size: options.diskGiB * 2 ** 30 },
        { deadlineMs: left() },
      );
    }
    await monitor.execute('cont', {}, { deadlineMs: left() });
    await monitor.execute('qom-set', {
      path: `/machine/peripheral/${DEVICES.balloon}`,
      property: 'guest-stats-polling-interval',
      value: BALLOON_SECONDS,
    });
    await becomeItself({ agent, shell }, options, left);
    return { process: running, monitor, agent, shell };
  } catch (error) {
    agent.close();
    shell.close();
    monitor.close();
    await killProcess(running);
    throw error;
  }
};

/** Waits until the golden snapshot's state is read; the VM is stopped then, as it was when it was taken. */
const untilRestored = async (monitor: Qmp, left: () => number): Promise<void> => {
  for (;;) {
    const { status } = (await monitor.execute('query-status', {}, { deadlineMs: left() })) as { status: string };
    if (status === 'paused' || status === 'running') return;
    if (status !== 'inmigrate') throw new HypervisorError('failed', `The snapshot was not restored: ${status}.`);
    if (left() <= 1) throw new HypervisorError('deadline', 'The snapshot was not restored in time.');
    await new Promise((resolve) => setTimeout(resolve, STATE_POLL_MS));
  }
};

/** As long as the kernel's own key of random numbers. */
const SEED_BYTES = 32;

const becomeItself = async (guest: OpenGuest, options: BringUp, left: () => number): Promise<void> => {
  const channel = createGuestChannel(async () => guest);
  await channel.ping({ timeoutMs: left() });
  options.onAnswer?.();
  const grow = options.diskGiB === null ? '' : 'resize2fs /dev/vda > /dev/null 2>&1\n';
  const now = (Date.now() / 1_000).toFixed(3);
  const seed = randomBytes(SEED_BYTES).toString('hex');
  const script = `set -- ${now} ${seed}\n${renderIdentityScript(options.spec)}${grow}`;
  const { exitCode, stderr } = await channel.run(script, { timeoutMs: left() });
  if (exitCode !== 0)
    throw new HypervisorError('guest_failed', `${options.spec.name} did not take its shape: ${stderr.trim()}`);
};
