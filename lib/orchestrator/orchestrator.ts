import { type OrchestratorContext, within } from './context';
import { type Leader, startLeading } from './leader';
import { acquireLease, LEASE_MS, RENEW_EVERY_MS, releaseLease } from './lease';

export interface Orchestrator {
  /** Wakes whatever may have something to do. */
  wake(): void;
  /** Wakes what serves people who look into guests. */
  wakeGuests(): void;
  /** Gives the lease back and lets everything go. VMs go on. */
  stop(): Promise<void>;
}

/** Answers after half the time that a lease lasts come too late to lead by. */
const RENEW_DEADLINE_MS = LEASE_MS / 2;

/** Starting may take minutes, as when an accelerator is tried out; the lease is renewed meanwhile. */
interface Lead {
  readonly epoch: number;
  leader: Leader | null;
  started: Promise<void>;
}

/**
 * Takes the lease whenever it can and leads while it has it. A process that cannot renew stops leading before another
 * one may begin; that it writes nothing afterwards is seen to by the epoch.
 */
export const startOrchestrator = (context: OrchestratorContext, holder: string): Orchestrator => {
  const stopped = new AbortController();
  let lead: Lead | null = null;

  const begin = (epoch: number): Lead => {
    const begun: Lead = { epoch, leader: null, started: Promise.resolve() };
    begun.started = startLeading(context, epoch).then(
      (leader) => {
        begun.leader = leader;
        context.say('leads', { epoch });
      },
      (error: unknown) => {
        context.say('could not lead', { epoch, error: String(error) });
        if (lead === begun) lead = null;
      },
    );
    return begun;
  };

  const end = async (former: Lead): Promise<void> => {
    lead = null;
    await former.started;
    await former.leader?.stop();
  };

  const renew = async (): Promise<void> => {
    const asked = within(context, RENEW_DEADLINE_MS, 'renewing the lease', acquireLease(context.db, holder));
    const epoch = await asked.catch((error: unknown) => {
      context.say('lease not renewed', { error: String(error) });
      return null;
    });
    if (lead !== null && epoch !== lead.epoch) {
      context.say('leads no longer', { epoch: lead.epoch });
      await end(lead);
    } else if (epoch !== null && lead === null && !stopped.signal.aborted) {
      lead = begin(epoch);
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await renew().catch((error: unknown) => context.say('could not end leading', { error: String(error) }));
      await context.clock.sleep(RENEW_EVERY_MS, stopped.signal).catch(() => undefined);
    }
    if (lead === null) return;
    await end(lead);
    await releaseLease(context.db, holder);
  };
  const ended = loop();
  return {
    wake: () => lead?.leader?.wake(),
    wakeGuests: () => lead?.leader?.wakeGuests(),
    stop: async () => {
      stopped.abort(new Error('the orchestrator stops'));
      await ended;
    },
  };
};
