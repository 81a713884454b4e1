export interface RateLimit {
  /**
   * Counts an attempt before its outcome is known, so that many at once cannot pass. False: refused, not counted.
   */
  readonly attempt: (key: string, now: number) => boolean;
  /** The attempt succeeded: what was counted for the key is forgotten. */
  readonly succeeded: (key: string) => void;
  /** Milliseconds until the next attempt is let through; 0 when it would be now. */
  readonly waitMs: (key: string, now: number) => number;
}

interface Window {
  startedAt: number;
  count: number;
}

/**
 * Failed attempts per key in a fixed window. Bounded: beyond `keysMax` the oldest windows are forgotten.
 */
export const createRateLimit = (limits: {
  readonly attemptsMax: number;
  readonly windowMs: number;
  readonly keysMax: number;
}): RateLimit => {
  const windows = new Map<string, Window>();

  const find = (key: string, now: number): Window | null => {
    const window = windows.get(key);
    if (window === undefined) return null;
    if (now - window.startedAt < limits.windowMs) return window;
    windows.delete(key);
    return null;
  };

  return {
    attempt: (key, now) => {
      const window = find(key, now);
      if (window === null) {
        windows.set(key, { startedAt: now, count: 1 });
        const oldest = windows.size > limits.keysMax ? windows.keys().next().value : undefined;
        if (oldest !== undefined) windows.delete(oldest);
        return true;
      }
      if (window.count >= limits.attemptsMax) return false;
      window.count += 1;
      return true;
    },
    succeeded: (key) => {
      windows.delete(key);
    },
    waitMs: (key, now) => {
      const window = find(key, now);
      if (window === null || window.count < limits.attemptsMax) return 0;
      return window.startedAt + limits.windowMs - now;
    },
  };
};
