import { Client } from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
const BACKOFF_MS_MIN = 100;
const BACKOFF_MS_MAX = 5_000;

export interface ListenerOptions {
  readonly url: string;
  readonly channels: readonly string[];
  readonly onNotification: (channel: string, payload: string) => void;
  /** Listening (again): whatever was notified meanwhile is lost, so look for yourself. */
  readonly onListening: () => void;
  readonly onLost: (error: unknown) => void;
}

export interface Listener {
  readonly close: () => Promise<void>;
}

/** Holds one LISTEN connection for as long as it is open, and comes back with a growing back-off when it is lost. */
export const startListener = (options: ListenerOptions): Listener => {
  let client: Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  let backoffMs = BACKOFF_MS_MIN;

  const connect = async (): Promise<void> => {
    const next = new Client({
      connectionString: options.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'headroom events',
    });
    client = next;
    let isLost = false;
    const lose = (error: unknown): void => {
      if (isLost) return;
      isLost = true;
      next.end().catch(() => undefined);
      if (isClosed || client !== next) return;
      options.onLost(error);
      timer = setTimeout(() => void connect(), backoffMs);
      backoffMs = Math.min(backoffMs * 2, BACKOFF_MS_MAX);
    };
    next.on('error', lose);
    next.on('end', () => lose(new Error('the connection ended')));
    next.on('notification', (n) => options.onNotification(n.channel, n.payload ?? ''));
    try {
      await next.connect();
      for (const channel of options.channels) await next.query(`listen ${next.escapeIdentifier(channel)}`);
      backoffMs = BACKOFF_MS_MIN;
      options.onListening();
    } catch (error) {
      lose(error);
    }
  };

  void connect();
  return {
    close: async () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
};
