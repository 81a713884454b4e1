import { setTimeout as sleep } from 'node:timers/promises';
import { interruption } from './interruption';

const LOOK_EVERY_MS = 100;

/** What a look finds once it finds something; looks again while that is null. Throws after the deadline. */
export const until = async <T>(what: string, deadlineMs: number, look: () => Promise<T | null>): Promise<T> => {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    interruption.throwIfAborted();
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${deadlineMs / 1_000} s`);
    await sleep(LOOK_EVERY_MS);
  }
};
