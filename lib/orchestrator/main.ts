import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import pino from 'pino';
import { headroomHome } from '@/lib/cli/home';
import { systemClock } from '@/lib/clock';
import { createDatabase, databaseUrl } from '@/lib/db/client';
import { GUESTS_CHANNEL } from '@/lib/events/guests';
import { startListener } from '@/lib/events/listener';
import { EVENTS_CHANNEL } from '@/lib/events/notify';
import { MemberViews, steps } from '@/lib/steps';
import { createInstallation } from './installation';
import { startOrchestrator } from './orchestrator';

/** What does not end by then is left: another process resumes it. */
const STOP_DEADLINE_MS = 15_000;

const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
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
