import { useSyncExternalStore } from 'react';

const TICK_MS = 10_000;

const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | null = null;

const tick = (): void => {
  now = Date.now();
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  if (timer === null) {
    now = Date.now();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
};

const read = (): number => {
  if (now === 0) now = Date.now();
  return now;
};

/**
 * The present, for the viewer, by one clock for all that show a time: milliseconds since 1970, some seconds old at most;
 * null while the page is not alive yet: server and browser need not agree on zone or time.
 */
export const useNow = (): number | null => useSyncExternalStore<number | null>(subscribe, read, () => null);
