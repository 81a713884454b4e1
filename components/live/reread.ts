type Key = readonly string[];

/**
 * Reads what became stale, never the same key twice at a time: a read that is asked for meanwhile begins when the one
 * under way has ended. Were it begun anew each time, a server slower than its events would never be heard to the end.
 */
export const createRereader = (read: (key: Key) => Promise<unknown>): ((key: Key) => void) => {
  /** Keys being read; true when they became stale meanwhile. */
  const reading = new Map<string, boolean>();
  const start = async (key: Key, id: string): Promise<void> => {
    do {
      reading.set(id, false);
      // What could not be read is told by the view that shows it.
      await read(key).catch(() => undefined);
    } while (reading.get(id));
    reading.delete(id);
  };
  return (key) => {
    const id = key.join(' ');
    if (reading.has(id)) reading.set(id, true);
    else void start(key, id);
  };
};
