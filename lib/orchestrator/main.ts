import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import pino from 'pino';
import { headroomHome } from '@/lib/cli/home';
import { systemClock } from '@/lib/clock';
import { createDatabase, databaseUrl } from '@/lib/db/client';
import { GUESTS_CHANNEL } from '@/lib/events/guests';
import { startListener } from '@/lib/events/listener';
import { EVENTS_CHANNEL } from '@/lib/events/notify';
import { setNiceness } from '@/lib/processes/niceness';
import { MemberViews, steps } from '@/lib/steps';
import { createInstallation } from './installation';
import { startOrchestrator } from './orchestrator';

/** What does not end by then is left: another process resumes it. */
const STOP_DEADLINE_MS = 15_000;

/**
 * Before the virtual machines that clients wait for (-10): those wait for this process, whose questions to a hypervisor took
 * 0.1 to 0.4 s behind machines that were busy. It has little to do.
 */
const NICENESS = -12;

const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
await setNiceness(process.pid, NICENESS);
const url = databaseUrl();
const database = createDatabase(url);
const installation = createInstallation({ home: headroomHome(), env: process.env, clock: systemClock });
const orchestrator = startOrchestrator(
  {
    ...installation,
    db: database.prisma,
    pool: database.pool,
    clock: systemClock,
    registry: steps,
    views: new MemberViews(),
    say: (line, details = {}) => log.info(details, line),
  },
  `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
);
const listener = startListener({
  url,
  channels: [EVENTS_CHANNEL, GUESTS_CHANNEL],
  onNotification: (channel) => (channel === GUESTS_CHANNEL ? orchestrator.wakeGuests() : orchestrator.wake()),
  onListening: () => orchestrator.wake(),
  onLost: (error) => log.warn({ error: String(error) }, 'database connection lost'),
});

const stop = async (): Promise<void> => {
  log.info('stopping; virtual machines go on');
  setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
  await listener.close();
  await orchestrator.stop();
  await database.close();
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
