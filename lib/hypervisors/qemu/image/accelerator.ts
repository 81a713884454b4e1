import { spawn } from 'node:child_process';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { asVmUser } from '../lab/vm-user';
import { runOrThrow } from '../run';
import type { GuestImage } from './build';

export interface AcceleratorVerdict {
  readonly accelerator: 'kvm' | 'tcg';
  /** Why, for people. */
  readonly reason: string;
}

type CanaryImage = Pick<GuestImage, 'kernel' | 'initrd'>;

/** A guest under KVM is there within a second or two; one that never boots says nothing for ever. */
const CANARY_DEADLINE_MS = 10_000;
/** What the recipe's first program prints when it is told that it is a canary. */
const ALIVE = 'HEADROOM-CANARY-ALIVE';

/**
 * How VMs are accelerated on this machine: `kvm` only where a canary guest really reached user space under it as the
 * user that VMs run as. That /dev/kvm is there, opens and answers proves nothing: see the README. The verdict holds for
 * one kernel, QEMU version and boot of this machine, and is kept for these.
 */
export const findAccelerator = async (options: {
  readonly imagesDirectory: string;
  readonly image: Pick<GuestImage, 'kernel' | 'initrd' | 'kernelVersion'>;
  readonly deadlineMs?: number;
}): Promise<AcceleratorVerdict> => {
  const { imagesDirectory, image } = options;
  const circumstances = await readCircumstances(image.kernelVersion);
  const file = path.join(imagesDirectory, 'accelerator.json');
  const known = parseVerdict(await readFile(file, 'utf8').catch(() => ''));
  if (known?.circumstances === circumstances) return known.verdict;
  const verdict = await tryKvm(image, options.deadlineMs ?? CANARY_DEADLINE_MS);
  await mkdir(imagesDirectory, { recursive: true });
  // Moved over the old one: another process reads either verdict, never a part.
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, JSON.stringify({ circumstances, verdict }));
  await rename(beside, file);
  return verdict;
};

/** Everything that a verdict depends on. Virtual machines that hold Headroom itself may move between boots. */
const readCircumstances = async (guestKernel: string): Promise<string> => {
  const [bootId, { stdout }] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    runOrThrow('qemu-system-x86_64', ['--version'], { deadlineMs: 10_000 }),
  ]);
  const user = process.getuid?.() ?? 'unknown';
  return [guestKernel, stdout.split('\n')[0] ?? '', bootId.trim(), `user ${user}`].join(' | ');
};

const parseVerdict = (text: string): { circumstances: string; verdict: AcceleratorVerdict } | null => {
  try {
    const { circumstances, verdict } = JSON.parse(text);
    const isKnown = verdict?.accelerator === 'kvm' || verdict?.accelerator === 'tcg';
    return typeof circumstances === 'string' && isKnown ? { circumstances, verdict } : null;
  } catch {
    return null;
  }
};

const tryKvm = async (image: CanaryImage, deadlineMs: number): Promise<AcceleratorVerdict> => {
  if ((await stat('/dev/kvm').catch(() => null)) === null) {
    return { accelerator: 'tcg', reason: 'This machine has no /dev/kvm.' };
  }
  const outcome = await bootCanary('kvm', image, deadlineMs);
  return outcome === 'alive'
    ? { accelerator: 'kvm', reason: 'A canary guest booted under KVM.' }
    : { accelerator: 'tcg', reason: `A canary guest did not boot under KVM: ${outcome}` };
};

/** Boots the image's kernel just far enough. Resolves with `alive`, or with why not, after the guest has ended. */
export const bootCanary = async (
  accelerator: 'kvm' | 'tcg',
  image: CanaryImage,
  deadlineMs: number,
): Promise<string> => {
  const cpu = accelerator === 'kvm' ? 'host' : 'max';
  const machine = ['-M', 'pc', '-accel', accelerator, '-cpu', cpu, '-m', '128', '-nodefaults', '-display', 'none'];
  const kernel = ['-no-reboot', '-serial', 'stdio', '-kernel', image.kernel, '-initrd', image.initrd];
  const commandLine = 'console=ttyS0 panic=-1 headroom.canary';
  const prefix = await asVmUser();
  const [command = '', ...args] = [...prefix, 'qemu-system-x86_64', ...machine, ...kernel, '-append', commandLine];
  return watchCanary(command, args, deadlineMs);
};

const watchCanary = (command: string, args: readonly string[], deadlineMs: number): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let outcome = 'it ended by itself.';
    let complaint = '';
    const end = (text: string) => {
      outcome = text;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => end(`it was silent for ${deadlineMs} ms.`), deadlineMs);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes(ALIVE)) end('alive');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(0, 500);
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.once('close', () => {
      clearTimeout(timer);
      resolve(outcome === 'it ended by itself.' && complaint !== '' ? complaint.trim() : outcome);
    });
  });
