import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 50;
const DEADLINE_MS = 5_000;

export interface Watch {
  stop(): Promise<{ readonly requests: number; readonly failed: number }>;
}

/** Asks an endpoint about 20 times a second, each time on a new connection, as a person with curl in a loop would. */
export const watchEndpoint = (endpoint: string): Watch => {
  let going = true;
  let requests = 0;
  let failed = 0;
  const ended = (async () => {
    while (going) {
      requests += 1;
      try {
        const answer = await fetch(endpoint, {
          headers: { Connection: 'close' },
          signal: AbortSignal.timeout(DEADLINE_MS),
        });
        await answer.text();
        if (!answer.ok) failed += 1;
      } catch {
        failed += 1;
      }
      await sleep(EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      going = false;
      await ended;
      return { requests, failed };
    },
  };
};
