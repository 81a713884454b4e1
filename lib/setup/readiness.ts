import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { lastLines } from './log-file';

const DEADLINE_MS = 120_000;
const ASK_TIMEOUT_MS = 5_000;
const POLL_MS = 200;

const readinessSchema = z.object({
  ok: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), message: z.string() })),
});

/** Resolves when `/readyz` says yes: the console answers, the database is there, an orchestrator is at work. */
export const untilReady = async (url: string, logs: string, signal: AbortSignal): Promise<void> => {
  const deadline = Date.now() + DEADLINE_MS;
  let problem = 'the console does not answer';
  for (;;) {
    try {
      const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
      const { ok, checks } = readinessSchema.parse(await response.json());
      if (ok) return;
      problem = Object.values(checks)
        .filter((check) => !check.ok)
        .map((check) => check.message)
        .join(' ');
    } catch (error) {
      problem = `the console does not answer (${error instanceof Error ? error.message : String(error)})`;
    }
    if (Date.now() > deadline) {
      const words = await Promise.all(
        ['web', 'orchestrator'].map(async (name) => `${name}.log:\n${await lastLines(join(logs, `${name}.log`), 10)}`),
      );
      throw new Error(`Not ready after ${DEADLINE_MS / 1_000} s: ${problem}\n${words.join('\n')}`);
    }
    await delay(POLL_MS, undefined, { signal });
  }
};
