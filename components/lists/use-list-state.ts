'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type ListSpec, type ListState, listHref, parseListState } from './list-state';

export interface ListControl {
  readonly spec: ListSpec;
  readonly state: ListState;
  readonly change: (part: Partial<ListState>) => void;
  /** Sets one filter; null takes it away. */
  readonly filter: (name: string, value: string | null) => void;
}

/**
 * A list's state, kept in the address. Changing it asks the server for no page: what it changes is read from the API, or
 * is in the browser already.
 */
export const useListState = (spec: ListSpec): ListControl => {
  const params = useSearchParams();
  const search = params.toString();
  const state = useMemo(() => parseListState(spec, Object.fromEntries(new URLSearchParams(search))), [spec, search]);
  const change = useCallback(
    (part: Partial<ListState>) => window.history.replaceState(null, '', listHref(spec, { ...state, ...part })),
    [spec, state],
  );
  const filter = useCallback(
    (name: string, value: string | null) => {
      const { [name]: _, ...others } = state.filters;
      change({ filters: value === null ? others : { ...others, [name]: value } });
    },
    [change, state.filters],
  );
  return { spec, state, change, filter };
};
