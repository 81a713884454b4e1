import { removeOldAudit } from '@/lib/usecases/audit/retention';
import { asSystem, type OrchestratorContext } from '../context';
import type { Task } from '../task';

const PERIOD_MS = 3_600_000;

/** Removes audit entries that were kept as long as they are to be. */
export const auditKeeper = (context: OrchestratorContext): Task => ({
  name: 'audit-keeper',
  periodMs: PERIOD_MS,
  deadlineMs: 60_000,
  run: async () => {
    const removed = await removeOldAudit(asSystem(context, 'audit-keeper'));
    if (removed > 0) context.say('removed audit entries that were kept long enough', { removed });
  },
});
