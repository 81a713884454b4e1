const controller = new AbortController();

/** Aborted by the first SIGINT, SIGTERM or SIGHUP; its reason says which one. */
export const interruption: AbortSignal = controller.signal;

/** From now on signals end what is measured, and not the process: it removes first what it has made. */
export const watchForInterruption = (say: (line: string) => void): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) return;
      say(`${signal}: removing what was made`);
      controller.abort(new Error(`interrupted by ${signal}`));
    });
};

/** Settles as the work does, or rejects at an interruption; the work then goes on by itself, whose grounds are being removed. */
export const untilInterrupted = async <T>(work: () => Promise<T>): Promise<T> => {
  interruption.throwIfAborted();
  let stop: () => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    stop = () => reject(interruption.reason);
    interruption.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(), interrupted]);
  } finally {
    interruption.removeEventListener('abort', stop);
  }
};
