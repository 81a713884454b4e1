import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiGet } from '@/components/live/api';
import { keys } from '@/components/live/keys';
import type { MetricsView } from '@/lib/domain/contract';
import { getRange, type RangeName } from './ranges';

/**
 * The series of a cluster. Short windows are read again with every sample, by the `metrics` event; long ones once per
 * step, since they would look the same.
 */
export const metricsQuery = (clusterId: string, name: RangeName) => {
  const { windowMs, stepMs, isLive } = getRange(name);
  return queryOptions({
    queryKey: isLive ? keys.metrics(clusterId, name) : ['history', clusterId, name],
    queryFn: ({ signal }) => {
      const to = Date.now();
      const query = { from: new Date(to - windowMs).toISOString(), to: new Date(to).toISOString(), step: stepMs };
      return apiGet<MetricsView>(`/clusters/${encodeURIComponent(clusterId)}/metrics`, query, signal);
    },
    placeholderData: keepPreviousData,
    ...(isLive ? {} : { refetchInterval: stepMs }),
  });
};
