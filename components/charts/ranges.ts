const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Windows one can look at. Samples come every two seconds: the finest step is a little more, so that a sample that came
 * late leaves no gap. Every step divides a week, so that the week before has its points at the same places.
 */
export const RANGES = [
  { value: '5m', label: '5 min', windowMs: 5 * MINUTE_MS, stepMs: 3_000 },
  { value: '15m', label: '15 min', windowMs: 15 * MINUTE_MS, stepMs: 6_000 },
  { value: '1h', label: '1 h', windowMs: HOUR_MS, stepMs: 20_000 },
  { value: '6h', label: '6 h', windowMs: 6 * HOUR_MS, stepMs: MINUTE_MS },
  { value: '1d', label: '1 day', windowMs: DAY_MS, stepMs: 4 * MINUTE_MS },
  { value: '7d', label: '7 days', windowMs: 7 * DAY_MS, stepMs: 30 * MINUTE_MS },
] as const;

export type Range = (typeof RANGES)[number];
export type RangeName = Range['value'];

export const WEEK_MS = 7 * DAY_MS;

export const getRange = (name: RangeName): Range => RANGES.find(({ value }) => value === name) ?? RANGES[0];

/** What is looked at: the last minutes, going with the time, or a stretch that stands still. */
export interface ChartWindow {
  readonly range: RangeName;
  /** Where the stretch ends, milliseconds since 1970; null while it goes with the time. */
  readonly endMs: number | null;
}

/** Half a window back or forward; past the present it goes with the time again. */
export const shiftWindow = ({ range, endMs }: ChartWindow, direction: -1 | 1, nowMs: number): ChartWindow => {
  const end = (endMs ?? nowMs) + (direction * getRange(range).windowMs) / 2;
  return { range, endMs: end >= nowMs ? null : end };
};

/** What charts show, as it stands in the address; what is as ever is left out. */
export interface ChartChoice {
  readonly window: ChartWindow;
  readonly scope: 'nodes' | 'cluster';
  readonly isCompared: boolean;
}

export const chartParams = ({ window, scope, isCompared }: ChartChoice): Readonly<Record<string, string>> => ({
  ...(window.range === RANGES[0].value ? {} : { range: window.range }),
  ...(window.endMs === null ? {} : { until: new Date(window.endMs).toISOString() }),
  ...(scope === 'nodes' ? {} : { of: scope }),
  ...(isCompared ? { compare: 'week' } : {}),
});

/** From the address; what is not understood is as ever. */
export const parseChartChoice = (params: { readonly get: (name: string) => string | null }): ChartChoice => {
  const untilMs = Date.parse(params.get('until') ?? '');
  return {
    window: {
      range: RANGES.find(({ value }) => value === params.get('range'))?.value ?? RANGES[0].value,
      endMs: Number.isNaN(untilMs) ? null : untilMs,
    },
    scope: params.get('of') === 'cluster' ? 'cluster' : 'nodes',
    isCompared: params.get('compare') === 'week',
  };
};
