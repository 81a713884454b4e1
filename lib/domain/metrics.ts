/** What is measured of clusters and nodes. By itself, since the console draws them without the schemas. */
export const METRICS = [
  'cpu',
  'memory',
  'requestsPerSecond',
  'latencyP50Ms',
  'latencyP99Ms',
  'errorsPerSecond',
  'connections',
] as const;
export type MetricName = (typeof METRICS)[number];

/** CPU and memory are measured as shares. */
export const isShareMetric = (metric: string): boolean => metric === 'cpu' || metric === 'memory';
