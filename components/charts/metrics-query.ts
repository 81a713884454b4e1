import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiGet } from '@/components/live/api';
import { keys } from '@/components/live/keys';
import type { MetricsView } from '@/lib/domain/contract';
import { type ChartWindow, getRange, WEEK_MS } from './ranges';

/** Windows with finer points are read again with every sample. */
const EVERY_SAMPLE_STEP_MS = 10_000;

const read = (clusterId: string, endMs: number, { range }: ChartWindow, signal: AbortSignal): Promise<MetricsView> => {
  const { windowMs, stepMs } = getRange(range);
  const query = { from: new Date(endMs - windowMs).toISOString(), to: new Date(endMs).toISOString(), step: stepMs };
  return apiGet<MetricsView>(`/clusters/${encodeURIComponent(clusterId)}/metrics`, query, signal);
};

/**
 * The series of a cluster. Short windows that go with the time are read again with every sample, by the `metrics` event;
 * long ones once per step, since they would look the same; one that stands still is read once.
 */
export const metricsQuery = (clusterId: string, window: ChartWindow) => {
  const { range, endMs } = window;
  const { stepMs } = getRange(range);
  const isEverySample = endMs === null && stepMs < EVERY_SAMPLE_STEP_MS;
  return queryOptions({
    queryKey: isEverySample ? keys.metrics(clusterId, range) : ['history', clusterId, range, endMs],
    queryFn: ({ signal }) => read(clusterId, endMs ?? Date.now(), window, signal),
    placeholderData: keepPreviousData,
    ...(isEverySample || endMs !== null ? {} : { refetchInterval: stepMs }),
  });
};

/** The same stretch a week earlier; while the window goes with the time it is read again once a minute. */
export const weekBeforeQuery = (clusterId: string, window: ChartWindow, isWanted: boolean) =>
  queryOptions({
    queryKey: ['history', clusterId, window.range, window.endMs, 'week-before'],
    queryFn: ({ signal }) => read(clusterId, (window.endMs ?? Date.now()) - WEEK_MS, window, signal),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    ...(window.endMs === null ? { refetchInterval: 60_000 } : {}),
  });
