const EVERY_MS = 100;
const TIMEOUT_MS = 5_000;

export interface Watch {
  /** Ends it; resolves with how many requests were sent and what became of those that failed. */
  stop(): Promise<{ readonly requests: number; readonly failures: readonly string[] }>;
}

/** Asks an endpoint ten times a second, each time on a new connection, as `curl` in a loop would. */
export const watchEndpoint = (url: string): Watch => {
  const failures: string[] = [];
  const open = new Set<Promise<void>>();
  let requests = 0;
  const ask = async (): Promise<void> => {
    const at = new Date().toISOString();
    try {
      const response = await fetch(url, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { connection: 'close' },
      });
      await response.arrayBuffer();
      if (!response.ok) failures.push(`${at} ${response.status}`);
    } catch (error) {
      failures.push(`${at} ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const timer = setInterval(() => {
    requests += 1;
    const one = ask().finally(() => open.delete(one));
    open.add(one);
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
      return { requests, failures };
    },
  };
};
