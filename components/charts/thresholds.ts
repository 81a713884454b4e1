import type { PolicyView } from '@/lib/domain/contract';
import { type ChartKind, formatValue } from './chart-model';

/** A value at which a policy acts, as a chart shows it. */
export interface Threshold {
  readonly key: string;
  /** In the chart's unit. */
  readonly value: number;
  readonly label: string;
}

const valuesOf = ({ rule }: PolicyView): readonly { readonly value: number; readonly what: string }[] => {
  switch (rule.kind) {
    case 'threshold':
      return [
        ...(rule.up === undefined ? [] : [{ value: rule.up.above, what: 'grows above' }]),
        ...(rule.down === undefined ? [] : [{ value: rule.down.below, what: 'shrinks below' }]),
      ];
    case 'target':
      return [{ value: rule.value, what: 'aims at' }];
    default:
      return [];
  }
};

/** Where enabled policies act on what a chart shows. */
export const thresholdsOf = (policies: readonly PolicyView[], kind: ChartKind): readonly Threshold[] =>
  policies.flatMap((policy) => {
    const { rule, enabled, name } = policy;
    if (!enabled || !('metric' in rule) || !kind.metrics.some((metric) => metric.name === rule.metric)) return [];
    return valuesOf(policy).map(({ value, what }) => {
      const shown = value * kind.factor;
      return {
        key: `${name} ${what}`,
        value: shown,
        label: `${name} ${what} ${formatValue(shown)} ${kind.unit}`.trim(),
      };
    });
  });
