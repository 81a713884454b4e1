import { setTimeout as sleep } from 'node:timers/promises';
import type { Traffic } from '@/lib/traffic/types';

const ANSWER_DEADLINE_MS = 60_000;
const LOOK_EVERY_MS = 250;

/**
 * When the prober, which asks 20 times a second, first had an answer of a node that is none of these; in milliseconds
 * since then. Asking more often would be a load of its own.
 */
export const untilAnotherAnswers = async (
  traffic: Traffic,
  clusterId: string,
  known: ReadonlySet<string>,
  since: Date,
): Promise<number> => {
  while (Date.now() - since.getTime() < ANSWER_DEADLINE_MS) {
    for (const [node, at] of await traffic.answeredSince(clusterId, since))
      if (!known.has(node)) return at.getTime() - since.getTime();
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('no new node answered');
};
