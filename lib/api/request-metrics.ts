import { Histogram } from 'prom-client';
import type { RouteDocumentation } from './define-route';
import { processMetrics } from './registry';

const NAME = 'headroom_api_request_duration_seconds';

const histogram = (): Histogram<'method' | 'route' | 'status'> => {
  const found = processMetrics().getSingleMetric(NAME);
  if (found instanceof Histogram) return found;
  return new Histogram({
    name: NAME,
    help: 'Time to the answer of API requests; for event streams, to their beginning.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [processMetrics()],
  });
};

/** Starts a measurement; call the result with the answer's status. */
export const observeRequest = (route: Pick<RouteDocumentation, 'method' | 'path'>): ((status: number) => void) => {
  const end = histogram().startTimer({ method: route.method, route: route.path });
  return (status) => {
    end({ status: String(status) });
  };
};
