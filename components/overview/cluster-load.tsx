'use client';

import { useQuery } from '@tanstack/react-query';
import { apiGet } from '@/components/live/api';
import type { MetricsView } from '@/lib/domain/contract';
import { Sparkline } from './sparkline';

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
  const values = data?.cluster.requestsPerSecond ?? [];
  const last = values.findLast((value) => value !== null) ?? null;
  const text = last === null ? 'no data' : `${last < 10 ? last.toFixed(1) : Math.round(last)} req/s`;
  return (
    <span className="flex items-center justify-end gap-2">
      <Sparkline values={values} label={`Requests per second of ${name} in the last ten minutes: now ${text}`} />
      <span className="w-16 text-right text-fg-2 text-xs">{last === null ? '–' : text}</span>
    </span>
  );
};
