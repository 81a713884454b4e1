import { median as findMedian } from '@/lib/domain/median';

/** The middle value; NaN of none. */
export const median = (values: readonly number[]): number => findMedian(values) ?? Number.NaN;

/** Three digits behind the point are more than the clock gives. */
export const round = (value: number): number => Math.round(value * 1_000) / 1_000;
