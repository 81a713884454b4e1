'use client';

import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { apiGet } from '@/components/live/api';
import type { Page } from '@/lib/domain/contract';
import { type ListColumn, type ListFilter, localRows } from './list-rows';
import { type ListState, listQuery } from './list-state';
import type { ListSource } from './list-table';
import type { ListControl } from './use-list-state';

/** As many as the API gives at once. */
const EXPORT_LIMIT = 200;
/** Rows of a CSV at most: a spreadsheet that is longer is no help, and the server has others to answer. */
const EXPORT_ROWS_MAX = 20_000;

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

const readAllPages = async <Row>(path: string, query: Readonly<Record<string, string>>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await apiGet<Page<Row>>(path, {
      ...query,
      limit: EXPORT_LIMIT,
      cursor: cursor ?? undefined,
    });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && rows.length < EXPORT_ROWS_MAX);
  return rows;
};

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
    readAll: () => readAllPages<Row>(path, asked),
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

/** A list that is all in the browser. */
export const useLocalSource = <Row>(
  { state }: ListControl,
  { rows: all, columns, filters, error, retry }: Local<Row>,
): ListSource<Row> => {
  const rows = useMemo(() => localRows(all, columns, filters, state), [all, columns, filters, state]);
  return { rows, total: rows.length, readAll: async () => rows, more: null, error, retry, isStale: false };
};
