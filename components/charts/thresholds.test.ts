import { expect, it } from 'vitest';
import type { PolicyView } from '@/lib/domain/contract';
import { CHARTS, type ChartKind } from './chart-model';
import { thresholdsOf } from './thresholds';

const kindOf = (id: string): ChartKind => {
  const kind = CHARTS.find((chart) => chart.id === id);
  if (kind === undefined) throw new Error(`no chart ${id}`);
  return kind;
};
const policy = (rule: object, enabled = true): PolicyView => ({ name: 'peak', enabled, rule }) as unknown as PolicyView;
const rule = { kind: 'threshold', metric: 'cpu', up: { above: 0.7 }, down: { below: 0.2 } };

it('thresholds stand in the chart of their metric, in its unit', () => {
  expect(thresholdsOf([policy(rule)], kindOf('cpu')).map(({ value, label }) => [value, label])).toEqual([
    [70, 'peak grows above 70 %'],
    [20, 'peak shrinks below 20 %'],
  ]);
  expect(thresholdsOf([policy(rule)], kindOf('memory'))).toEqual([]);
  const target = { kind: 'target', metric: 'latencyP99Ms', value: 80 };
  expect(thresholdsOf([policy(target)], kindOf('latency')).map(({ label }) => label)).toEqual(['peak aims at 80 ms']);
});

it('a policy that is off, or looks at no metric, has none', () => {
  expect(thresholdsOf([policy(rule, false), policy({ kind: 'calendar' })], kindOf('cpu'))).toEqual([]);
});
