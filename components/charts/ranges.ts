/**
 * Windows one can look at. Samples come every two seconds: the finest step is a little more, so that a sample that came
 * late leaves no gap.
 */
export const RANGES = [
  { value: '5m', label: '5 min', windowMs: 5 * 60_000, stepMs: 3_000, isLive: true },
  { value: '15m', label: '15 min', windowMs: 15 * 60_000, stepMs: 6_000, isLive: true },
  { value: '1h', label: '1 h', windowMs: 60 * 60_000, stepMs: 20_000, isLive: false },
  { value: '6h', label: '6 h', windowMs: 6 * 60 * 60_000, stepMs: 60_000, isLive: false },
] as const;

export type Range = (typeof RANGES)[number];
export type RangeName = Range['value'];

export const getRange = (name: RangeName): Range => RANGES.find(({ value }) => value === name) ?? RANGES[0];
