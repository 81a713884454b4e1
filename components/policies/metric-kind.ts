import type { ChartKind } from '@/components/charts/chart-model';
import { CHARTS } from '@/components/charts/chart-model';
import type { PolicyRule } from '@/lib/domain/policy/schema';

const PLAIN: Pick<ChartKind, 'title' | 'unit' | 'factor' | 'leastMax' | 'mostMax'> = {
  title: 'Value',
  unit: '',
  factor: 1,
  leastMax: 1,
  mostMax: Number.POSITIVE_INFINITY,
};

/** How a metric is drawn: as on the cluster's page. What is no metric is drawn as it is. */
export const chartKindOf = (metric: string | null): typeof PLAIN =>
  CHARTS.find(({ metrics }) => metrics.some(({ name }) => name === metric)) ?? PLAIN;

/** The metric that a rule is replayed over; a calendar is shown with the requests that it served. */
export const replayedMetric = (rule: PolicyRule): string | null => {
  switch (rule.kind) {
    case 'threshold':
    case 'target':
    case 'predictive':
      return rule.metric;
    case 'rightsizing':
      return 'cpu';
    case 'calendar':
      return 'requestsPerSecond';
    case 'query':
      return null;
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};
