import type { Clock } from '@/lib/clock';

/**
 * Work that is done again and again: it takes no input, looks at what is, and brings a part of it nearer to what should
 * be. It may be cut short anywhere, and retries nothing by itself: the next run does.
 */
export interface Task {
  readonly name: string;
  readonly periodMs: number;
  /** A run that takes longer is given up; the next one begins after it has ended. */
  readonly deadlineMs: number;
  run(signal: AbortSignal): Promise<void>;
}

export interface TaskDriver {
  /** Asks for a run now, or right after the one under way. */
  wake(): void;
  /** Resolves when no run is under way and none will begin. */
  stop(): Promise<void>;
}

/** Runs a task at its period and when it is woken, never twice at once. `onError` hears of what a run threw. */
export const driveTask = (
  task: Task,
  options: { readonly clock: Clock; readonly onError: (task: string, error: unknown) => void },
): TaskDriver => {
  const stopped = new AbortController();
  let isWoken = true;
  let rouse: () => void = () => undefined;

  const once = async (): Promise<void> => {
    const late = new AbortController();
    const disarm = options.clock.after(task.deadlineMs, () =>
      late.abort(new Error(`${task.name} was not done within ${task.deadlineMs} ms`)),
    );
    try {
      await task.run(AbortSignal.any([stopped.signal, late.signal]));
    } catch (error) {
      if (!stopped.signal.aborted) options.onError(task.name, error);
    } finally {
      disarm();
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      isWoken = false;
      await once();
      if (isWoken || stopped.signal.aborted) continue;
      await new Promise<void>((resolve) => {
        const cancel = options.clock.after(task.periodMs, resolve);
        rouse = () => {
          cancel();
          resolve();
        };
      });
    }
  };
  const ended = loop();
  return {
    wake: () => {
      isWoken = true;
      rouse();
    },
    stop: async () => {
      stopped.abort(new Error('the orchestrator stops'));
      rouse();
      await ended;
    },
  };
};
