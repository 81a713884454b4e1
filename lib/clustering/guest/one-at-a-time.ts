/** Runs acts with the same key one after another, whatever becomes of those before; different keys run together. */
export const createQueues = (): (<T>(key: string, act: () => Promise<T>) => Promise<T>) => {
  const tails = new Map<string, Promise<unknown>>();
  return (key, act) => {
    const run = (tails.get(key) ?? Promise.resolve()).then(act);
    const tail = run
      .catch(() => undefined)
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return run;
  };
};
