import type { MetricName, MetricsView } from '@/lib/domain/contract';

export type Scope = 'nodes' | 'cluster';

export interface ChartKind {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Drawn in this order; the first is a dashed line where there are two. */
  readonly metrics: readonly { readonly name: MetricName; readonly label: string }[];
  /** From what is stored to what is shown. */
  readonly factor: number;
  /** The axis ends no lower, so that noise does not look like load. */
  readonly leastMax: number;
  /** The axis ends no higher: shares cannot. */
  readonly mostMax: number;
}

export const CHARTS: readonly ChartKind[] = [
  {
    id: 'cpu',
    title: 'CPU',
    unit: '%',
    metrics: [{ name: 'cpu', label: '' }],
    factor: 100,
    leastMax: 10,
    mostMax: 100,
  },
  {
    id: 'memory',
    title: 'Memory',
    unit: '%',
    metrics: [{ name: 'memory', label: '' }],
    factor: 100,
    leastMax: 100,
    mostMax: 100,
  },
  {
    id: 'requests',
    title: 'Requests',
    unit: 'req/s',
    metrics: [{ name: 'requestsPerSecond', label: '' }],
    factor: 1,
    leastMax: 5,
    mostMax: Number.POSITIVE_INFINITY,
  },
  {
    id: 'latency',
    title: 'Latency',
    unit: 'ms',
    metrics: [
      { name: 'latencyP50Ms', label: 'p50' },
      { name: 'latencyP99Ms', label: 'p99' },
    ],
    factor: 1,
    leastMax: 10,
    mostMax: Number.POSITIVE_INFINITY,
  },
  {
    id: 'errors',
    title: 'Errors',
    unit: 'errors/s',
    metrics: [{ name: 'errorsPerSecond', label: '' }],
    factor: 1,
    leastMax: 1,
    mostMax: Number.POSITIVE_INFINITY,
  },
  {
    id: 'connections',
    title: 'Connections',
    unit: '',
    metrics: [{ name: 'connections', label: '' }],
    factor: 1,
    leastMax: 4,
    mostMax: Number.POSITIVE_INFINITY,
  },
];

const COLOURS = 8;

/** 1–8, the same for a node wherever and whenever it is drawn: names count up, so neighbours in time differ. */
export const colourOf = (node: string): number => {
  const digits = /(\d+)$/.exec(node)?.[1];
  const n = digits === undefined ? [...node].reduce((sum, c) => sum + c.charCodeAt(0), 1) : Number(digits);
  return ((((n - 1) % COLOURS) + COLOURS) % COLOURS) + 1;
};

export interface Series {
  readonly key: string;
  readonly label: string;
  readonly colour: number;
  readonly isDashed: boolean;
  /** One per time; null where nothing was measured. */
  readonly values: readonly (number | null)[];
}

const isKnown = (value: number | null): boolean => value !== null;

/** What a chart draws. A node without any value in this window has no line. */
export const seriesOf = (view: MetricsView, kind: ChartKind, scope: Scope): readonly Series[] => {
  const owners =
    scope === 'cluster'
      ? [{ id: 'cluster', name: 'cluster', values: view.cluster, colour: 1 }]
      : view.nodes.map((node) => ({ ...node, colour: colourOf(node.name) }));
  return owners.flatMap((owner) =>
    kind.metrics.flatMap((metric, index): readonly Series[] => {
      const values = owner.values[metric.name].map((v) => (v === null ? null : v * kind.factor));
      if (!values.some(isKnown)) return [];
      return [
        {
          key: `${owner.id} ${metric.name}`,
          label: metric.label === '' ? owner.name : `${owner.name} ${metric.label}`,
          colour: owner.colour,
          isDashed: index < kind.metrics.length - 1,
          values,
        },
      ];
    }),
  );
};

/** A cluster's line of the week before, drawn beside the present ones; none where nothing was measured then. */
export const weekBeforeOf = (view: MetricsView, kind: ChartKind): readonly Series[] => {
  const metric = kind.metrics.at(-1);
  if (metric === undefined) return [];
  const values = view.cluster[metric.name].map((v) => (v === null ? null : v * kind.factor));
  if (!values.some(isKnown)) return [];
  return [{ key: 'week before', label: 'cluster, a week before', colour: 5, isDashed: true, values }];
};

/** A point in time with one value per series, as charts and tables want it. */
export interface ChartRow {
  readonly at: number;
  readonly [series: string]: number | null;
}

export const rowsOf = (times: readonly number[], series: readonly Series[]): readonly ChartRow[] =>
  times.map((at, i) => ({ ...Object.fromEntries(series.map(({ key, values }) => [key, values[i] ?? null])), at }));

const NICE = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** Where the value axis ends: a round number that all values, and others that are drawn, lie below. */
export const axisMax = (kind: ChartKind, series: readonly Series[], others: readonly number[] = []): number => {
  const lowest = Math.max(0, ...others);
  const highest = series.reduce((max, { values }) => values.reduce<number>((m, v) => Math.max(m, v ?? 0), max), lowest);
  if (highest <= kind.leastMax) return kind.leastMax;
  const magnitude = 10 ** Math.floor(Math.log10(highest));
  const nice = NICE.find((n) => n * magnitude >= highest) ?? 10;
  return Math.min(kind.mostMax, nice * magnitude);
};

/** The newest value of a series, of its last few points: a node that is gone has none. */
export const latestOf = ({ values }: Series): number | null => values.slice(-3).findLast(isKnown) ?? null;

/** "0.42", "3.1", "128": as many digits as say something. */
export const formatValue = (value: number): string => {
  if (value === 0) return '0';
  if (value < 1) return value.toFixed(2);
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
};

/** "0", "0.5", "15": what stands at the value axis. */
export const formatTick = (value: number): string => Number(value.toFixed(2)).toLocaleString('en');

export interface Mark {
  readonly key: string;
  readonly kind: MetricsView['marks'][number]['kind'];
  readonly atMs: number;
  readonly label: string;
  /** Line of text at the top of the chart, from 0; null where there is no room for the label. */
  readonly row: number | null;
  /** The label stands left of its line: at the right edge there is no room. */
  readonly isLeft: boolean;
}

const MARK_ROWS = 2;
/** Part of the window that a label takes. */
const LABEL_SHARE = 0.24;

/** Where the labels of operations and decisions stand, so that none covers another. */
export const placeMarks = (view: Pick<MetricsView, 'marks'>, fromMs: number, toMs: number): readonly Mark[] => {
  const width = (toMs - fromMs) * LABEL_SHARE;
  const ends: number[] = Array.from({ length: MARK_ROWS }, () => Number.NEGATIVE_INFINITY);
  return view.marks
    .map((mark) => ({ ...mark, atMs: Date.parse(mark.at) }))
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    .map(({ atMs, label, id, kind }) => {
      const isLeft = atMs + width > toMs;
      const start = isLeft ? atMs - width : atMs;
      const free = ends.findIndex((end) => end <= start);
      if (free !== -1) ends[free] = start + width;
      return { key: `${id} ${label}`, kind, atMs, label, row: free === -1 ? null : free, isLeft };
    });
};
