'use client';

import { useQuery } from '@tanstack/react-query';
import { apiGet } from '@/components/live/api';
import type { MetricsView } from '@/lib/domain/contract';
import { LoadLine } from './load-line';

const WINDOW_MS = 10 * 60_000;
const STEP_MS = 10_000;
const REFRESH_MS = 10_000;

const readLoad = (clusterId: string, signal: AbortSignal): Promise<MetricsView> => {
  const to = Date.now();
  const query = { from: new Date(to - WINDOW_MS).toISOString(), to: new Date(to).toISOString(), step: STEP_MS };
  return apiGet<MetricsView>(`/clusters/${clusterId}/metrics`, query, signal);
};

/** Requests per second of the last ten minutes. Not live to the second: an overview has many of them. */
export const ClusterLoad = ({ clusterId, name }: { readonly clusterId: string; readonly name: string }) => {
  const { data } = useQuery({
    queryKey: ['load', clusterId],
    queryFn: ({ signal }) => readLoad(clusterId, signal),
    refetchInterval: REFRESH_MS,
  });
  return <LoadLine name={name} values={data?.cluster.requestsPerSecond ?? []} />;
};
