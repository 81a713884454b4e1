import { median as findMedian } from '@/lib/domain/median';

/** The middle value; NaN of none. */
export const median = (values: readonly number[]): number => findMedian(values) ?? Number.NaN;

/** Three digits behind the point are more than the clock gives. */
export const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Slope of the straight line through points that is nearest by least squares, y per x; NaN of fewer than two. */
export const slope = (points: readonly { readonly x: number; readonly y: number }[]): number => {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const up = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return up / points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
};
