import type { MetricsView } from '@/lib/domain/contract';
import { CHARTS, formatValue } from './chart-model';

const FAR = 10;

/** Where a key puts the crosshair: an index of the times, null to take it away, undefined where the key means nothing. */
export const crosshairAfter = (
  key: string,
  index: number | null,
  count: number,
  isFar: boolean,
): number | null | undefined => {
  const last = count - 1;
  if (last < 0) return undefined;
  const by = isFar ? FAR : 1;
  switch (key) {
    case 'ArrowLeft':
      return index === null ? last : Math.max(0, index - by);
    case 'ArrowRight':
      return index === null ? 0 : Math.min(last, index + by);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'Escape':
      return null;
    default:
      return undefined;
  }
};

/** What the cluster's lines say at a point in time, for those who cannot see them: "CPU 11 %, Memory 63 %". */
export const readingsAt = (view: MetricsView, index: number): string => {
  const readings = CHARTS.flatMap(({ title, unit, factor, metrics }) => {
    const metric = metrics.at(-1);
    const value = metric === undefined ? null : (view.cluster[metric.name][index] ?? null);
    return value === null ? [] : [`${title} ${formatValue(value * factor)} ${unit}`.trim()];
  });
  return readings.length === 0 ? 'no data' : readings.join(', ');
};
