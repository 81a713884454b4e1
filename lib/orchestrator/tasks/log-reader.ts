import { notifyGuests } from '@/lib/events/guests';
import { forEachBounded, type OrchestratorContext, within } from '../context';
import type { Task } from '../task';

const READ_DEADLINE_MS = 10_000;
/** Whoever asked has given up by then. */
const STALE_MS = 60_000;
const AT_ONCE = 4;
/** What a log tells at most, from its end. */
const LENGTH_MAX = 256 * 1024;

/** Asks guests for the logs that people want to see. Each is asked once: people see what came of it. */
export const logReader = (context: OrchestratorContext): Task => ({
  name: 'log-reader',
  periodMs: 1_000,
  deadlineMs: 60_000,
  run: async () => {
    const { db, clock, clustering } = context;
    const now = clock.now();
    await db.vmLogRequest.deleteMany({ where: { requestedAt: { lt: new Date(now.getTime() - STALE_MS) } } });
    const requests = await db.vmLogRequest.findMany({ where: { answeredAt: null }, orderBy: { requestedAt: 'asc' } });
    if (requests.length === 0) return;
    await forEachBounded(requests, AT_ONCE, async ({ id, vmId, lines }) => {
      const answer = await within(context, READ_DEADLINE_MS, 'reading the log', clustering.readLog(vmId, lines)).then(
        (text) => ({ text: text.slice(-LENGTH_MAX).replaceAll('\0', '') }),
        (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
      );
      await db.vmLogRequest.updateMany({ where: { id }, data: { ...answer, answeredAt: clock.now() } });
    });
    await notifyGuests(db);
  },
});
