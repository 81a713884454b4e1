import type { PrismaClient } from '@/lib/db/generated/client';
import type { EventView } from '@/lib/domain/contract';
import { type EventCursor, isAfter } from './cursor';
import { GUESTS_CHANNEL } from './guests';
import { type Listener, startListener } from './listener';
import { EVENTS_CHANNEL, METRICS_CHANNEL } from './notify';
import { readEventsAfter, readPosition } from './read-events';

const BATCH = 500;
/** An event waits for an older transaction to end: look again after this. */
const WAITING_MS = 20;
/** Events are also looked for without a notification: one may be lost. */
const SWEEP_MS = 1_000;
/** Live events that a subscriber may hold back while it catches up; more and it is dropped. */
const HELD_MAX = 5_000;

/** `cursor` is null for what leaves no row and is not given again. */
export interface HubEvent {
  readonly cursor: EventCursor | null;
  readonly view: EventView;
}

export interface Subscription {
  /** Everything after this; null: from now on. */
  readonly after: EventCursor | null;
  readonly onEvent: (event: HubEvent) => void;
  /** The hub gives the subscriber up: it came too far behind, or the process ends. */
  readonly onDropped: () => void;
}

export interface EventHub {
  /** Returns the function that ends it. */
  readonly subscribe: (subscription: Subscription) => () => void;
  /**
   * `wake` is called whenever something may have changed, at least once a second; `onDropped` when the hub closes.
   * Returns the function that ends it.
   */
  readonly onWake: (wake: () => void, onDropped: () => void) => () => void;
  /** As `onWake`, for what guests print and answer. */
  readonly onGuests: (wake: () => void, onDropped: () => void) => () => void;
  readonly close: () => Promise<void>;
}

interface Subscriber extends Subscription {
  /** Nothing up to here is given (again). */
  reached: EventCursor | null;
  /** Live events that came while it still catches up; null once it has. */
  held: HubEvent[] | null;
}

/**
 * One per process: listens to the database and fans out to every stream. It reads the outbox once for all of them;
 * only a subscriber that resumes reads its own past.
 */
export const createEventHub = (options: {
  readonly db: PrismaClient;
  readonly url: string;
  readonly onError: (error: unknown) => void;
}): EventHub => {
  const { db } = options;
  const subscribers = new Set<Subscriber>();
  const wakes = new Map<() => void, () => void>();
  const guestWakes = new Map<() => void, () => void>();
  const closed = new AbortController();
  let position: Promise<EventCursor> | null = null;
  let isPumping = false;
  let isAskedAgain = false;
  let waiting: NodeJS.Timeout | null = null;

  const drop = (subscriber: Subscriber): void => {
    if (subscribers.delete(subscriber)) subscriber.onDropped();
  };

  const deliver = (subscriber: Subscriber, event: HubEvent): void => {
    if (!subscribers.has(subscriber)) return;
    if (event.cursor !== null) {
      if (subscriber.reached !== null && !isAfter(event.cursor, subscriber.reached)) return;
      subscriber.reached = event.cursor;
    }
    subscriber.onEvent(event);
  };

  const fanOut = (event: HubEvent): void => {
    for (const subscriber of subscribers) {
      if (subscriber.held === null) deliver(subscriber, event);
      else if (subscriber.held.length < HELD_MAX) subscriber.held.push(event);
      else drop(subscriber);
    }
  };

  /** What was read so far; the first to ask decides where reading begins. */
  const currentPosition = (): Promise<EventCursor> => {
    position ??= readPosition(db).catch((error: unknown) => {
      position = null;
      throw error;
    });
    return position;
  };

  const readBatch = async (): Promise<void> => {
    const batch = await readEventsAfter(db, await currentPosition(), BATCH);
    position = Promise.resolve(batch.reached);
    for (const event of batch.events) fanOut(event);
    if (batch.isFull) isAskedAgain = true;
    else if (batch.hasWaiting && waiting === null) {
      waiting = setTimeout(() => {
        waiting = null;
        void pump();
      }, WAITING_MS);
    }
  };

  const pump = async (): Promise<void> => {
    isAskedAgain = true;
    if (isPumping) return;
    isPumping = true;
    try {
      while (isAskedAgain && !closed.signal.aborted) {
        isAskedAgain = false;
        await readBatch();
      }
    } catch (error) {
      if (!closed.signal.aborted) options.onError(error);
    } finally {
      isPumping = false;
    }
  };

  const wakeAll = (): void => {
    void pump();
    for (const wake of wakes.keys()) wake();
    wakeGuests();
  };

  const wakeGuests = (): void => {
    for (const wake of guestWakes.keys()) wake();
  };

  const listener: Listener = startListener({
    url: options.url,
    channels: [EVENTS_CHANNEL, METRICS_CHANNEL, GUESTS_CHANNEL],
    onListening: wakeAll,
    onLost: options.onError,
    onNotification: (channel, payload) => {
      if (channel === EVENTS_CHANNEL) wakeAll();
      else if (channel === GUESTS_CHANNEL) wakeGuests();
      else for (const clusterId of payload === '' ? [null] : payload.split(',')) fanOut(metricsEvent(clusterId));
    },
  });
  const sweep = setInterval(wakeAll, SWEEP_MS);
  sweep.unref();

  /**
   * Reads a subscriber's past up to the hub's position, while `held` keeps what the hub reads meanwhile. Both overlap
   * rather than leave a gap; `deliver` gives nothing twice.
   */
  const catchUp = async (subscriber: Subscriber): Promise<void> => {
    const from = await currentPosition();
    subscriber.reached ??= from;
    let at = subscriber.reached;
    while (isAfter(from, at) && subscribers.has(subscriber)) {
      const batch = await readEventsAfter(db, at, BATCH);
      for (const event of batch.events) deliver(subscriber, event);
      at = batch.reached;
      if (!batch.isFull) break;
    }
    for (const event of subscriber.held ?? []) deliver(subscriber, event);
    subscriber.held = null;
  };

  return {
    subscribe: (subscription) => {
      const subscriber: Subscriber = { ...subscription, reached: subscription.after, held: [] };
      subscribers.add(subscriber);
      catchUp(subscriber).catch((error: unknown) => {
        options.onError(error);
        drop(subscriber);
      });
      return () => {
        subscribers.delete(subscriber);
      };
    },
    onWake: (wake, onDropped) => {
      wakes.set(wake, onDropped);
      return () => {
        wakes.delete(wake);
      };
    },
    onGuests: (wake, onDropped) => {
      guestWakes.set(wake, onDropped);
      return () => {
        guestWakes.delete(wake);
      };
    },
    close: async () => {
      closed.abort();
      clearInterval(sweep);
      if (waiting !== null) clearTimeout(waiting);
      for (const subscriber of subscribers) drop(subscriber);
      for (const onDropped of [...wakes.values(), ...guestWakes.values()]) onDropped();
      await listener.close();
    },
  };
};

const metricsEvent = (clusterId: string | null): HubEvent => ({
  cursor: null,
  view: { kind: 'metrics', at: new Date().toISOString(), clusterId, operationId: null, payload: {} },
});
