'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { EventKind, EventView } from '@/lib/domain/contract';
import { type Connection, type ConnectionState, keepConnection } from './connection';
import { staleKeys } from './keys';
import { type LogEntry, parseLogEntry } from './log-entry';
import { createRereader } from './reread';
import { createStaleBatch } from './stale-batch';

type Handler = (event: EventView) => void;

type LogHandler = (entry: LogEntry) => void;

interface Followed {
  readonly operationId: string;
  readonly onEntry: LogHandler;
}

interface Live {
  readonly state: ConnectionState;
  readonly subscribe: (handler: Handler) => () => void;
  /** Has the stream tell an operation's log too, from its beginning. One operation at a time. */
  readonly follow: (followed: Followed) => () => void;
}

const addressOf = (after: string | null, followed: Followed | null): string => {
  const query = new URLSearchParams({
    ...(followed === null ? {} : { operation: followed.operationId }),
    ...(after === null ? {} : { after }),
  }).toString();
  return `/api/v1/events${query === '' ? '' : `?${query}`}`;
};

const LiveContext = createContext<Live | null>(null);
const BATCH_MS = 150;

const schedule = (run: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

/** One event stream for the tab: a browser opens six connections to a host, and every stream takes one. */
export const LiveProvider = ({ children }: { readonly children: ReactNode }) => {
  const client = useQueryClient();
  const handlers = useRef(new Set<Handler>());
  const followed = useRef<Followed | null>(null);
  const connection = useRef<Connection | null>(null);
  const [state, setState] = useState<ConnectionState>('connecting');

  useEffect(() => {
    const reread = createRereader((queryKey) => client.invalidateQueries({ queryKey }));
    const batch = createStaleBatch({
      intervalMs: BATCH_MS,
      schedule,
      flush: (stale) => {
        for (const key of stale) reread(key);
      },
    });
    const kept = keepConnection({
      open: (after) => new EventSource(addressOf(after, followed.current)),
      onLog: (data) => {
        const entry = parseLogEntry(data);
        if (entry !== null && entry.operationId === followed.current?.operationId) followed.current.onEntry(entry);
      },
      onState: setState,
      onGap: () => void client.invalidateQueries(),
      onEvent: (event) => {
        batch.add(staleKeys(event));
        for (const handler of handlers.current) handler(event);
      },
      schedule,
    });
    connection.current = kept;
    return () => {
      connection.current = null;
      kept.end();
      batch.end();
    };
  }, [client]);

  const subscribe = useCallback((handler: Handler) => {
    handlers.current.add(handler);
    return () => {
      handlers.current.delete(handler);
    };
  }, []);
  const follow = useCallback((next: Followed) => {
    followed.current = next;
    connection.current?.reopen();
    return () => {
      if (followed.current !== next) return;
      followed.current = null;
      connection.current?.reopen();
    };
  }, []);
  const value = useMemo(() => ({ state, subscribe, follow }), [state, subscribe, follow]);
  return <LiveContext.Provider value={value}>{children}</LiveContext.Provider>;
};

const useLiveContext = (): Live => {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('useLive is used outside LiveProvider');
  return live;
};

export const useConnectionState = (): ConnectionState => useLiveContext().state;

/**
 * Calls the handler for every event of these kinds; with a cluster's id only for what concerns it. Queries by `keys` are
 * made stale without it: this is for what is more than reading again.
 */
export const useLive = (kinds: readonly EventKind[], clusterId: string | null, handler: Handler): void => {
  const { subscribe } = useLiveContext();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const wanted = kinds.join(' ');
  useEffect(
    () =>
      subscribe((event) => {
        if (!wanted.split(' ').includes(event.kind)) return;
        if (clusterId !== null && event.clusterId !== null && event.clusterId !== clusterId) return;
        latest.current(event);
      }),
    [subscribe, wanted, clusterId],
  );
};

/** Calls the handler for every entry of an operation's log, from its beginning; null follows none. */
export const useOperationLog = (operationId: string | null, handler: LogHandler): void => {
  const { follow } = useLiveContext();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(
    () => (operationId === null ? undefined : follow({ operationId, onEntry: (entry) => latest.current(entry) })),
    [follow, operationId],
  );
};
