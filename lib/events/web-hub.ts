import { databaseUrl, getDatabase } from '@/lib/db/client';
import { createEventHub, type EventHub } from './hub';

const holder = globalThis as typeof globalThis & { headroomEventHub?: EventHub | undefined };

/** How often a lost connection is written down. */
const LOG_MS = 10_000;
let loggedAt = 0;

const logLost = (error: unknown): void => {
  if (Date.now() - loggedAt < LOG_MS) return;
  loggedAt = Date.now();
  console.error(JSON.stringify({ level: 'error', name: 'events', message: String(error) }));
};

/**
 * The web process's hub. On SIGTERM and SIGINT it ends all streams: the server waits for open responses before it
 * exits.
 */
export const eventHub = (): EventHub => {
  if (holder.headroomEventHub !== undefined) return holder.headroomEventHub;
  const hub = createEventHub({ db: getDatabase(), url: databaseUrl(), onError: logLost });
  holder.headroomEventHub = hub;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void hub.close());
  return hub;
};

/** Ends the process's hub, if it has one; whoever asks for it afterwards gets a new one. */
export const closeEventHub = async (): Promise<void> => {
  const hub = holder.headroomEventHub;
  holder.headroomEventHub = undefined;
  await hub?.close();
};
