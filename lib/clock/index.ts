import { sleepWith } from './sleep';
import type { Clock } from './types';

export type { Clock } from './types';
export { VirtualClock, type VirtualClockOptions } from './virtual';

/** Node's timers fire at once when given more than a signed 32-bit number of milliseconds. */
const NODE_TIMER_MS_MAX = 2_147_483_647;

const armTimer = (ms: number, task: () => void, keepsProcessAlive: boolean): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const arm = (leftMs: number) => {
    const partMs = Math.min(Math.max(leftMs, 0), NODE_TIMER_MS_MAX);
    timer = setTimeout(() => (leftMs > partMs ? arm(leftMs - partMs) : task()), partMs);
    if (!keepsProcessAlive) timer.unref();
  };
  arm(ms);
  return () => clearTimeout(timer);
};

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  stopwatch: () => {
    const beganMs = performance.now();
    return () => performance.now() - beganMs;
  },
  sleep: (ms, signal) => sleepWith((m, task) => armTimer(m, task, true), ms, signal),
  after: (ms, task) => armTimer(ms, task, false),
};
