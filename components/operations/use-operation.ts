'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from '@/components/live/keys';
import { operationQuery } from '@/components/live/queries';
import type { OperationEventView, OperationView } from '@/lib/domain/contract';
import { operationIs } from '@/lib/domain/operation';
import { merge, NOTHING_TOLD, type StreamState, told } from './stream-state';

/** Null for what is no entry; the server's own schema said what it is, and a page does not carry that along. */
const parse = (data: unknown): OperationEventView | null => {
  if (typeof data !== 'string') return null;
  try {
    const event: OperationEventView | null = JSON.parse(data);
    return typeof event?.seq === 'number' && typeof event.operation?.state === 'string' ? event : null;
  } catch {
    return null;
  }
};

/**
 * An operation as it goes: its own stream tells each step as it is written, which the shared stream of the tab does not;
 * the browser resumes it by itself. At its end the operation is read once more, with its receipt.
 */
export const useOperation = (
  initial: OperationView,
): { readonly operation: OperationView; readonly log: StreamState['log'] } => {
  const client = useQueryClient();
  const { id } = initial;
  const { data } = useQuery({ ...operationQuery(id), initialData: initial });
  const [state, setState] = useState(NOTHING_TOLD);
  // A stuck operation that goes on again is followed again.
  const [round, setRound] = useState(0);
  const isActive = operationIs.active(data.state);

  useEffect(() => {
    if (isActive) setRound((n) => n + 1);
  }, [isActive]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round opens a new stream
  useEffect(() => {
    const stream = new EventSource(`/api/v1/operations/${encodeURIComponent(id)}/events`);
    stream.addEventListener('message', (message) => {
      const event = parse(message.data);
      if (event === null) return;
      setState((before) => told(before, event));
      if (!operationIs.ended(event.operation.state)) return;
      stream.close();
      void client.invalidateQueries({ queryKey: keys.operation(id) });
    });
    return () => stream.close();
  }, [id, client, round]);

  return { operation: merge(data, state), log: state.log };
};
