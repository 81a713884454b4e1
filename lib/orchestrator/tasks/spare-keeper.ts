import { ACTIVE } from '@/lib/usecases/operations/active';
import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

const BOOT_DEADLINE_MS = 180_000;
/** Starts of one spare that failed before it is left alone until the orchestrator starts anew. */
const FAILURES_MAX = 3;

/** Keeps spares ready: one whose virtual machine does not run is started again. Those that an operation takes are its own. */
export const spareKeeper = (context: OrchestratorContext): Task => {
  const failures = new Map<string, number>();
  return {
    name: 'spare-keeper',
    periodMs: 10_000,
    deadlineMs: 600_000,
    run: async () => {
      const { db, hypervisor, say } = context;
      const spares = await db.vm.findMany({
        where: {
          role: 'spare',
          state: 'running',
          cluster: { operations: { none: ACTIVE } },
        },
      });
      for (const spare of spares) {
        const facts = await hypervisor.findVm(spare.id);
        if (facts?.state !== 'crashed' && facts?.state !== 'stopped') continue;
        const failed = failures.get(spare.id) ?? 0;
        if (failed >= FAILURES_MAX) continue;
        say('starting a spare again', { vm: spare.name, was: facts.state });
        try {
          const { startedAt, startedFrom } = await hypervisor.startVm(spare.id, {
            deadlineMs: BOOT_DEADLINE_MS,
            priority: 'standby',
          });
          await db.vm.updateMany({ where: { id: spare.id, state: 'running' }, data: { startedAt, startedFrom } });
          failures.delete(spare.id);
        } catch (error) {
          failures.set(spare.id, failed + 1);
          say('spare not started', { vm: spare.name, error: String(error) });
        }
      }
    },
  };
};
