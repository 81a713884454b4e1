/**
 * Where time comes from. Code that waits, or that stamps what it does, takes a `Clock`, so that scenarios run hours
 * of cluster life in milliseconds and in the same order every time.
 */
export interface Clock {
  now(): Date;
  /** Begins to count: what it returns tells the milliseconds since, whatever the time of day is set to meanwhile. */
  stopwatch(): () => number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `task` once after `ms`, unless the returned function is called first. Does not keep the process alive. */
  after(ms: number, task: () => void): () => void;
}
