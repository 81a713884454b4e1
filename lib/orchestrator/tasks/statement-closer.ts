import { HOUR_MS, monthEndMs, monthOf, nextMonth } from '@/lib/domain/usage/month';
import { ensureFirstRate } from '@/lib/usecases/billing/rates';
import { closeMonth } from '@/lib/usecases/billing/statements';
import { asSystem, type OrchestratorContext } from '../context';
import type { Task } from '../task';

/** Late facts of a month are waited for this long; what comes later is a correction in the next statement. */
const WAIT_MS = 24 * HOUR_MS;

/** Closes months a day after their end, one after another, and gives an installation that has no rates its first. */
export const statementCloser = (context: OrchestratorContext): Task => ({
  name: 'statement-closer',
  periodMs: 600_000,
  deadlineMs: 300_000,
  run: async (signal) => {
    const system = asSystem(context, 'statement-closer');
    await ensureFirstRate(system);
    for (;;) {
      const month = await findMonthToClose(context);
      if (month === null || signal.aborted) return;
      await closeMonth(system, { month, reason: 'its last day was a day ago' });
      context.say('closed a month', { month });
    }
  },
});

const findMonthToClose = async ({ db, clock }: OrchestratorContext): Promise<string | null> => {
  const last = await db.billingPeriod.findFirst({ orderBy: { month: 'desc' } });
  const first = await db.usageFact.findFirst({ orderBy: { at: 'asc' }, select: { at: true } });
  if (first === null) return null;
  const month = last === null ? monthOf(first.at.getTime()) : nextMonth(last.month);
  return clock.now().getTime() >= monthEndMs(month) + WAIT_MS ? month : null;
};
