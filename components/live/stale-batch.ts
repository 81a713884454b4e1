/** One act sends several events in a row: so long they are gathered, far below what a person notices. */
const GATHER_MS = 10;

/**
 * Collects what became stale and hands each on at most once per interval: the first at once (but for `GATHER_MS`), since
 * people watch steps as they happen, those that follow together at the interval's end.
 */
export const createStaleBatch = (options: {
  readonly flush: (keys: readonly (readonly string[])[]) => void;
  readonly intervalMs: number;
  readonly schedule: (run: () => void, delayMs: number) => () => void;
}): { readonly add: (keys: readonly (readonly string[])[]) => void; readonly end: () => void } => {
  const held = new Map<string, readonly string[]>();
  let cancel: (() => void) | null = null;

  const flush = (): void => {
    const keys = [...held.values()];
    held.clear();
    cancel = keys.length === 0 ? null : options.schedule(flush, options.intervalMs);
    if (keys.length > 0) options.flush(keys);
  };

  return {
    add: (keys) => {
      for (const key of keys) held.set(key.join(' '), key);
      if (cancel === null) cancel = options.schedule(flush, GATHER_MS);
    },
    end: () => {
      cancel?.();
      held.clear();
    },
  };
};
