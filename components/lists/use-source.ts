'use client';

import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { apiGet } from '@/components/live/api';
import type { Page } from '@/lib/domain/contract';
import { type ListColumn, type ListFilter, localRows } from './list-rows';
import { type ListState, listQuery } from './list-state';
import type { ListSource } from './list-table';
import type { ListControl } from './use-list-state';

/** As many as the API gives at once. */
const EXPORT_LIMIT = 200;
interface Remote<Row> {
  /** Begins the key, so that events make it stale. */
  readonly key: readonly string[];
  /** Of the API. */
  readonly path: string;
  readonly limit: number;
  /** What the server read for `initialState`. */
  readonly initial: Page<Row>;
  readonly initialState: ListState;
  readonly refetchInterval?: number;
}

const FIRST: string | null = null;

async function* readAllPages<Row>(
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<readonly Row[]> {
  let cursor: string | null = null;
  do {
    const asked = { ...query, limit: EXPORT_LIMIT, cursor: cursor ?? undefined };
    const page: Page<Row> = await apiGet<Page<Row>>(path, asked, signal);
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function* once<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}

/** A list that the server narrows, sorts and gives in pages. */
export const useRemoteSource = <Row>(list: ListControl, remote: Remote<Row>): ListSource<Row> => {
  const { key, path, limit, initial, initialState, refetchInterval } = remote;
  const asked = listQuery(list.spec, list.state);
  const isInitial = JSON.stringify(asked) === JSON.stringify(listQuery(list.spec, initialState));
  const firstData: InfiniteData<Page<Row>, string | null> = { pages: [initial], pageParams: [FIRST] };
  const query = useInfiniteQuery({
    queryKey: [...key, asked, limit],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      apiGet<Page<Row>>(path, { ...asked, limit, cursor: pageParam ?? undefined }, signal),
    initialPageParam: FIRST,
    getNextPageParam: (last: Page<Row>) => last.nextCursor,
    placeholderData: keepPreviousData,
    ...(isInitial ? { initialData: firstData } : {}),
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
  });
  const pages = query.data?.pages;
  return {
    rows: useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]),
    total: pages?.[0]?.total ?? null,
    readAll: (signal) => readAllPages<Row>(path, asked, signal),
    more: query,
    error: query.error,
    retry: () => void query.refetch(),
    isStale: query.isPlaceholderData,
  };
};

interface Local<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly ListColumn<Row>[];
  readonly filters: readonly ListFilter<Row>[];
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Rows of a list in the browser that are drawn at once: more than these are neither read nor drawn quickly. */
const SHOWN_AT_ONCE = 200;

/** A list that is all in the browser; of a long one what is shown grows on demand. */
export const useLocalSource = <Row>(
  { state }: ListControl,
  { rows: all, columns, filters, error, retry }: Local<Row>,
): ListSource<Row> => {
  const [limit, setLimit] = useState(SHOWN_AT_ONCE);
  const found = useMemo(() => localRows(all, columns, filters, state), [all, columns, filters, state]);
  const rows = useMemo(() => found.slice(0, limit), [found, limit]);
  const more = {
    hasNextPage: found.length > limit,
    isFetchingNextPage: false,
    fetchNextPage: async () => setLimit(limit + SHOWN_AT_ONCE),
  };
  return { rows, total: found.length, readAll: () => once(found), more, error, retry, isStale: false };
};
