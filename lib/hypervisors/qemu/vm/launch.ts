import { spawn } from 'node:child_process';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { HypervisorError, type VmPriority } from '../../types';
import type { Prefix } from '../lab/realm';
import { asVmUser } from '../lab/vm-user';
import { Qmp } from '../wire/qmp';
import { VM_FILES } from './command-line';
import { launchedAs, setProcessPriority } from './priority';
import { findProcess, killProcess, type ProcessIdentity } from './process';

export interface Launched {
  readonly process: ProcessIdentity;
  readonly monitor: Qmp;
}

const POLL_MS = 3;

/**
 * Starts a QEMU process that outlives this one, in `directory`, behind `prefix`, as the user that runs VMs. Resolves
 * when its monitor answers. Throws `deadline`, or `failed` with QEMU's own words; nothing runs then.
 */
export const launch = async (options: {
  readonly directory: string;
  readonly prefix: Prefix | null;
  readonly args: readonly string[];
  /** Becomes file descriptor 3. */
  readonly snapshot: FileHandle | null;
  readonly priority: VmPriority;
  readonly deadlineMs: number;
}): Promise<Launched> => {
  const { directory, prefix } = options;
  await Promise.all(
    [VM_FILES.monitor, VM_FILES.agent, VM_FILES.shell, VM_FILES.console].map((name) =>
      rm(path.join(directory, name), { force: true }),
    ),
  );
  const log = await open(path.join(directory, VM_FILES.log), 'a', 0o600);
  const words = [
    ...(prefix === null ? [] : [prefix.command, ...prefix.args]),
    ...launchedAs(options.priority),
    ...(await asVmUser()),
  ];
  const [command = '', ...args] = [...words, 'qemu-system-x86_64', ...options.args];
  const child = spawn(command, args, {
    cwd: directory,
    detached: true,
    stdio: ['ignore', log.fd, log.fd, options.snapshot?.fd ?? 'ignore'],
  });
  await log.close();
  child.unref();
  let failure: Error | null = null;
  child.once('error', (cause) => {
    failure = new HypervisorError('failed', `QEMU cannot be started: ${cause.message}`, { cause });
  });
  const identity = child.pid === undefined ? null : await findProcess(child.pid);
  if (child.pid !== undefined) await setProcessPriority(child.pid, options.priority);
  try {
    const monitor = await untilMonitor(directory, options.deadlineMs, () => {
      if (failure !== null) throw failure;
      if (child.exitCode !== null || child.signalCode !== null) throw new HypervisorError('failed', 'QEMU ended.');
    });
    const now = child.pid === undefined ? null : await findProcess(child.pid);
    if (now === null) throw new HypervisorError('failed', 'QEMU ended.');
    return { process: now, monitor };
  } catch (error) {
    if (identity !== null) await killProcess(identity);
    throw await explain(error, path.join(directory, VM_FILES.log));
  }
};

const untilMonitor = async (directory: string, deadlineMs: number, check: () => void): Promise<Qmp> => {
  const expires = performance.now() + deadlineMs;
  for (;;) {
    check();
    try {
      return await Qmp.connect(path.join(directory, VM_FILES.monitor), {
        deadlineMs: Math.max(Math.ceil(expires - performance.now()), 1),
      });
    } catch (error) {
      if (performance.now() > expires)
        throw new HypervisorError('deadline', `QEMU’s monitor did not answer within ${deadlineMs} ms.`, {
          cause: error,
        });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

/** QEMU's own last words say more than its exit code. */
const explain = async (error: unknown, logFile: string): Promise<unknown> => {
  if (!(error instanceof HypervisorError) || error.code !== 'failed') return error;
  const file = await open(logFile, 'r').catch(() => null);
  if (file === null) return error;
  const words = (await file.readFile('utf8')).trim().split('\n').slice(-5).join('\n');
  await file.close();
  return words === '' ? error : new HypervisorError('failed', `${error.message} It said: ${words}`, { cause: error });
};
