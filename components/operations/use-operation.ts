'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '@/components/live/keys';
import { useOperationLog } from '@/components/live/provider';
import { operationQuery } from '@/components/live/queries';
import type { OperationView } from '@/lib/domain/contract';
import { operationIs } from '@/lib/domain/operation';
import { merge, NOTHING_TOLD, type StreamState, told } from './stream-state';

/**
 * An operation as it goes: the tab's stream tells each step as it is written, as long as the page asks for it. At its end
 * the operation is read once more, with its receipt.
 */
export const useOperation = (
  initial: OperationView,
): { readonly operation: OperationView; readonly log: StreamState['log'] } => {
  const client = useQueryClient();
  const { id } = initial;
  const { data } = useQuery({ ...operationQuery(id), initialData: initial });
  const [state, setState] = useState(NOTHING_TOLD);
  // A stuck operation that goes on again is followed again.
  const isTold = operationIs.ended(data.state) && state.log.at(-1)?.operation.state === data.state;
  useOperationLog(isTold ? null : id, (entry) => {
    setState((before) => told(before, entry));
    if (operationIs.ended(entry.operation.state)) void client.invalidateQueries({ queryKey: keys.operation(id) });
  });
  return { operation: merge(data, state), log: state.log };
};
