import type { EventView } from '@/lib/domain/contract/event';
import { EVENT_KINDS, type EventKind, OPERATION_LOG_EVENT } from '@/lib/domain/event-kinds';

/** `connecting` for the first time · `open` everything arrives · `reconnecting` what is shown may be old. */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting';

/** The part of the browser's EventSource that is used. */
export interface EventStream {
  readonly readyState: number;
  addEventListener(
    type: string,
    listener: (event: { readonly data?: unknown; readonly lastEventId?: string }) => void,
  ): void;
  close(): void;
}

export interface ConnectionOptions {
  /** Opens a stream of what comes after an event, by its id; null: from now on. */
  readonly open: (after: string | null) => EventStream;
  readonly onEvent: (event: EventView) => void;
  /** What the stream tells of an operation's log. */
  readonly onLog: (data: unknown) => void;
  readonly onState: (state: ConnectionState) => void;
  /** The stream began anew, so events may have been missed: everything shown has to be read again. */
  readonly onGap: () => void;
  readonly schedule: (run: () => void, delayMs: number) => () => void;
}

const CLOSED = 2;
const DELAY_MS_MIN = 1_000;
const DELAY_MS_MAX = 15_000;

/** 1, 2, 4, 8, 15 seconds. */
export const reconnectDelayMs = (failures: number): number => Math.min(DELAY_MS_MIN * 2 ** failures, DELAY_MS_MAX);

const isKind = (kind: unknown): kind is EventKind => EVENT_KINDS.some((k) => k === kind);

/** Null for what is no event: a newer server may send more than this page knows. */
export const parseEvent = (data: unknown): EventView | null => {
  if (typeof data !== 'string') return null;
  try {
    const value: EventView = JSON.parse(data);
    return isKind(value.kind) ? value : null;
  } catch {
    return null;
  }
};

export interface Connection {
  /** Opens the stream anew, when something else is to be asked of it: it goes on where it was. */
  readonly reopen: () => void;
  readonly end: () => void;
}

/**
 * Keeps one event stream open. A lost connection is resumed by the browser itself, which sends Last-Event-ID, so nothing
 * is missed. A refused one (the server restarts, the session ended) the browser gives up; then it is opened anew after a
 * growing delay and `onGap` is called.
 */
export const keepConnection = (options: ConnectionOptions): Connection => {
  let stream: EventStream | null = null;
  let cancel: () => void = () => undefined;
  let failures = 0;
  let isEnded = false;
  let isFresh = true;
  let last: string | null = null;

  const connect = (): void => {
    const current = options.open(last);
    stream = current;
    const isCurrent = (): boolean => !isEnded && stream === current;
    current.addEventListener('open', () => {
      if (!isCurrent()) return;
      failures = 0;
      if (!isFresh) options.onGap();
      isFresh = true;
      options.onState('open');
    });
    current.addEventListener('error', () => {
      if (!isCurrent()) return;
      options.onState('reconnecting');
      if (current.readyState !== CLOSED) return;
      current.close();
      isFresh = false;
      cancel = options.schedule(connect, reconnectDelayMs(failures));
      failures += 1;
    });
    for (const kind of EVENT_KINDS) {
      current.addEventListener(kind, ({ data, lastEventId }) => {
        if (!isCurrent()) return;
        if (lastEventId !== undefined && lastEventId !== '') last = lastEventId;
        const event = parseEvent(data);
        if (event !== null) options.onEvent(event);
      });
    }
    current.addEventListener(OPERATION_LOG_EVENT, ({ data }) => {
      if (isCurrent()) options.onLog(data);
    });
  };

  connect();
  return {
    reopen: () => {
      cancel();
      stream?.close();
      // Without an id nobody knows what came between the two.
      if (last === null) isFresh = false;
      connect();
    },
    end: () => {
      isEnded = true;
      cancel();
      stream?.close();
    },
  };
};
