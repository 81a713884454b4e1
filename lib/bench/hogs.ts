import { spawn } from 'node:child_process';
import { untilInterrupted } from './interruption';

/** Takes all the processor that it gets, and ends when whoever started it has ended. */
const HOG = `const parent = process.ppid;
for (let lookedAt = Date.now(); ; ) {
  if (Date.now() - lookedAt < 1_000) continue;
  lookedAt = Date.now();
  if (process.ppid !== parent) process.exit();
}`;

/**
 * Works while so many processes each ask for a whole core. Each has a session of its own: where the kernel shares out
 * by session they count as so many programs, and not as one.
 */
export const withHogs = async <T>(count: number, work: () => Promise<T>): Promise<T> => {
  const hogs = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', HOG], { stdio: 'ignore', detached: true }),
  );
  try {
    return await untilInterrupted(work);
  } finally {
    for (const hog of hogs) hog.kill('SIGKILL');
  }
};
