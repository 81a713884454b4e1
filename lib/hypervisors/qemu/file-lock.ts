import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { HypervisorError } from '../types';

/**
 * Runs the work while this process, and no other on this machine, has the lock of a file. The kernel gives the lock
 * up when this process ends, however it ends: flock(1) waits for the end of its input, which this process holds.
 * Throws `deadline` when another has the lock for too long.
 */
export const withFileLock = async <T>(
  file: string,
  options: { readonly waitMs: number; readonly onWait?: () => void },
  work: () => Promise<T>,
): Promise<T> => {
  await mkdir(path.dirname(file), { recursive: true });
  let release = await tryLock(file, 0);
  if (release === null) {
    options.onWait?.();
    release = await tryLock(file, options.waitMs);
  }
  if (release === null)
    throw new HypervisorError('deadline', `The lock ${file} stayed taken for ${options.waitMs} ms.`);
  try {
    return await work();
  } finally {
    release();
  }
};

const tryLock = (file: string, waitMs: number): Promise<(() => void) | null> =>
  new Promise((resolve, reject) => {
    const seconds = String(waitMs / 1000);
    const holder = spawn('flock', ['--exclusive', '--wait', seconds, file, 'sh', '-c', 'echo locked; exec cat'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    holder.stdin.on('error', () => undefined);
    holder.stdout.once('data', () => resolve(() => holder.stdin.end()));
    holder.once('error', (cause) => reject(new HypervisorError('failed', 'flock cannot be started.', { cause })));
    holder.once('exit', () => resolve(null));
  });
