import type { OrchestratorContext } from './context';
import { type Leader, startLeading } from './leader';
import { acquireLease, RENEW_EVERY_MS, releaseLease } from './lease';

export interface Orchestrator {
  /** Wakes whatever may have something to do. */
  wake(): void;
  /** Gives the lease back and lets everything go. VMs go on. */
  stop(): Promise<void>;
}

/**
 * Takes the lease whenever it can and leads while it has it. A process that cannot renew stops leading before another
 * one may begin; that it writes nothing afterwards is seen to by the epoch.
 */
export const startOrchestrator = (context: OrchestratorContext, holder: string): Orchestrator => {
  const stopped = new AbortController();
  let leader: Leader | null = null;
  let leading: number | null = null;

  const turn = async (): Promise<void> => {
    const epoch = await acquireLease(context.db, holder).catch((error: unknown) => {
      context.say('lease not renewed', { error: String(error) });
      return null;
    });
    if (leading !== null && epoch !== leading) {
      context.say('leads no longer', { epoch: leading });
      const former = leader;
      leader = null;
      leading = null;
      await former?.stop();
    }
    if (epoch !== null && leading === null && !stopped.signal.aborted) {
      leader = await startLeading(context, epoch);
      leading = epoch;
      context.say('leads', { epoch });
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await turn().catch((error: unknown) => context.say('could not lead', { error: String(error) }));
      await context.clock.sleep(RENEW_EVERY_MS, stopped.signal).catch(() => undefined);
    }
    await leader?.stop();
    if (leading !== null) await releaseLease(context.db, holder);
  };
  const ended = loop();
  return {
    wake: () => leader?.wake(),
    stop: async () => {
      stopped.abort(new Error('the orchestrator stops'));
      await ended;
    },
  };
};
