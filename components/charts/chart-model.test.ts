import { describe, expect, it } from 'vitest';
import { METRICS, type MetricName, type MetricsView } from '@/lib/domain/contract';
import { axisMax, CHARTS, type ChartKind, colourOf, latestOf, placeMarks, rowsOf, seriesOf } from './chart-model';

type Values = MetricsView['cluster'];

const valuesWith = (given: Partial<Record<MetricName, (number | null)[]>>): Values => {
  const none = [null, null, null];
  return {
    cpu: none,
    memory: none,
    requestsPerSecond: none,
    latencyP50Ms: none,
    latencyP99Ms: none,
    errorsPerSecond: none,
    connections: none,
    ...given,
  };
};

const view: MetricsView = {
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-01T00:00:09.000Z',
  stepMs: 3_000,
  times: [0, 3_000, 6_000],
  cluster: valuesWith({ latencyP50Ms: [1, 2, 3], latencyP99Ms: [10, null, 30] }),
  nodes: [
    { id: 'a', name: 'shop-1', values: valuesWith({ cpu: [0.5, 0.25, null] }) },
    { id: 'b', name: 'shop-4', values: valuesWith({ cpu: [null, 0.1, 0.4] }) },
    { id: 'c', name: 'shop-5', values: valuesWith({}) },
  ],
  marks: [],
};

const kindOf = (id: string): ChartKind => {
  const kind = CHARTS.find((chart) => chart.id === id);
  if (kind === undefined) throw new Error(`no chart ${id}`);
  return kind;
};

describe('charts', () => {
  it('show every metric there is', () => {
    const shown = CHARTS.flatMap(({ metrics }) => metrics.map(({ name }) => name));
    expect([...shown].sort()).toEqual([...METRICS].sort());
  });

  it('draw a line per node with a value, in per cent, with gaps where nothing was measured', () => {
    const series = seriesOf(view, kindOf('cpu'), 'nodes');
    expect(series.map(({ label, values }) => [label, values])).toEqual([
      ['shop-1', [50, 25, null]],
      ['shop-4', [null, 10, 40]],
    ]);
  });

  it('draw both latencies of the cluster, the median dashed', () => {
    const series = seriesOf(view, kindOf('latency'), 'cluster');
    expect(series.map(({ label, isDashed }) => [label, isDashed])).toEqual([
      ['cluster p50', true],
      ['cluster p99', false],
    ]);
  });

  it('give each time one row with all series', () => {
    expect(rowsOf([0, 3_000], [{ key: 'a', label: 'a', colour: 1, isDashed: false, values: [1, null] }])).toEqual([
      { at: 0, a: 1 },
      { at: 3_000, a: null },
    ]);
  });

  it('end the axis at a round number above all values, and shares at their whole', () => {
    const of = (value: number) => [{ key: 'a', label: 'a', colour: 1, isDashed: false, values: [value] }];
    expect(axisMax(kindOf('requests'), of(47))).toBe(50);
    expect(axisMax(kindOf('requests'), of(0))).toBe(5);
    expect(axisMax(kindOf('cpu'), of(99))).toBe(100);
  });

  it('call nothing current of a node that is gone', () => {
    const of = (values: (number | null)[]) => ({ key: 'a', label: 'a', colour: 1, isDashed: false, values });
    expect(latestOf(of([5, 6, null, null, null]))).toBeNull();
    expect(latestOf(of([5, 6, 7, null]))).toBe(7);
  });
});

describe('the colour of a node', () => {
  it('depends on its name alone and differs between a node and the eight around it', () => {
    const colours = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => colourOf(`shop-${n}`));
    expect(new Set(colours).size).toBe(8);
    expect(colourOf('shop-9')).toBe(colourOf('shop-1'));
  });

  it('is one of eight for any name', () => {
    for (const name of ['', 'x', 'shop-0', 'a-b']) {
      expect(colourOf(name)).toBeGreaterThanOrEqual(1);
      expect(colourOf(name)).toBeLessThanOrEqual(8);
    }
  });
});

describe('marks of operations', () => {
  const at = (ms: number, label: string) => ({
    at: new Date(ms).toISOString(),
    id: 'o',
    kind: 'operation' as const,
    label,
  });

  it('put labels that would cover each other on different lines, and leave out what has no room', () => {
    const marks = placeMarks({ marks: [at(0, 'a'), at(10, 'b'), at(20, 'c'), at(400, 'd')] }, 0, 1_000);
    expect(marks.map(({ row }) => row)).toEqual([0, 1, null, 0]);
  });

  it('put labels at the right edge to the left of their line', () => {
    expect(placeMarks({ marks: [at(990, 'a')] }, 0, 1_000)[0]?.isLeft).toBe(true);
  });

  it('leave out what lies outside the window', () => {
    expect(placeMarks({ marks: [at(2_000, 'a')] }, 0, 1_000)).toEqual([]);
  });
});
