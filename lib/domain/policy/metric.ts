import type { MetricName } from '../contract/metrics';
import type { MetricScope } from './schema';
import type { Size } from './size';

/**
 * What a metric is shared among: twice as much of it halves the metric under the same load. Null where the size does not
 * tell: a sum over the cluster stays as it is, and response times follow no such rule.
 * Processors share CPU time; a node's memory is its own; requests and connections are dealt to nodes.
 */
export const sharedAmong = (metric: MetricName, of: MetricScope): 'vCPU' | 'MiB per node' | 'node' | null => {
  switch (metric) {
    case 'cpu':
      return 'vCPU';
    case 'memory':
      return 'MiB per node';
    case 'requestsPerSecond':
    case 'errorsPerSecond':
    case 'connections':
      return of === 'cluster' ? null : 'node';
    case 'latencyP50Ms':
    case 'latencyP99Ms':
      return null;
    default: {
      const unknown: never = metric;
      throw new Error(`unknown metric ${String(unknown)}`);
    }
  }
};

export type Share = NonNullable<ReturnType<typeof sharedAmong>>;

/** How much a size has of what a metric is shared among. */
export const unitsOf = (size: Size, share: Share): number => {
  switch (share) {
    case 'vCPU':
      return size.nodes * size.vcpus;
    case 'MiB per node':
      return size.memoryMiB;
    case 'node':
      return size.nodes;
    default: {
      const unknown: never = share;
      throw new Error(`unknown share ${String(unknown)}`);
    }
  }
};

/** What the metric would be at another size under the same load; null where that cannot be said. */
export const project = (value: number, share: Share | null, from: Size, to: Size): number | null =>
  share === null ? null : (value * unitsOf(from, share)) / unitsOf(to, share);
