import type { Database } from './database';
import { planRestart } from './restart-policy';

const LOOK_EVERY_MS = 1_000;

interface Options {
  readonly say: (line: string) => void;
  readonly onGivenUp: () => void;
}

/** Starts the database server again when it has ended, with growing pauses and a bound. It may be an adopted one, not our child: so it is looked at. */
export const watchDatabase = (database: Database, { say, onGivenUp }: Options) => {
  const runsMs: number[] = [];
  let beganMs = performance.now();
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const restart = async (): Promise<number> => {
    runsMs.push(performance.now() - beganMs);
    const decision = planRestart(runsMs);
    switch (decision.act) {
      case 'restart':
        say('The database server ended. Starting it again.');
        await database.restart().catch((error: unknown) => {
          say(`It did not start: ${error instanceof Error ? error.message : String(error)}`);
        });
        beganMs = performance.now();
        return decision.afterMs;
      case 'give up':
        say('The database server ends again and again; see postgres.log. Stopping the control plane.');
        onGivenUp();
        return LOOK_EVERY_MS;
      default:
        return decision satisfies never;
    }
  };

  const look = async (): Promise<void> => {
    const pauseMs = stopping || (await database.isRunning()) ? LOOK_EVERY_MS : await restart();
    if (!stopping) schedule(Math.max(pauseMs, LOOK_EVERY_MS));
  };
  const schedule = (afterMs: number): void => {
    timer = setTimeout(() => {
      looking = look();
    }, afterMs);
  };

  schedule(LOOK_EVERY_MS);
  return {
    name: 'database watch',
    stop: async (): Promise<void> => {
      stopping = true;
      clearTimeout(timer);
      await looking;
    },
  };
};
