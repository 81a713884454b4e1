import { cpus, totalmem } from 'node:os';
import { median, round } from './statistics';
import type { Measurement, Target } from './types';

export interface Result {
  readonly case: string;
  readonly name: string;
  readonly unit: Measurement['unit'];
  readonly values: readonly number[];
  readonly median: number;
  readonly peer: { readonly name: string; readonly values: readonly number[]; readonly median: number } | null;
  /** Median over the peer's median; null without a peer. */
  readonly ratio: number | null;
  readonly target: Target;
  readonly holds: boolean;
}

export interface Report {
  readonly at: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number; readonly node: string };
  readonly runs: number;
  readonly results: readonly Result[];
  /** Cases that ended with an error, and its message. */
  readonly errors: readonly { readonly case: string; readonly message: string }[];
}

const holds = (target: Target, values: readonly number[], ratio: number | null): boolean => {
  if (values.length === 0) return false;
  switch (target.kind) {
    case 'median':
      return median(values) <= target.atMost;
    case 'maximum':
      return Math.max(...values) <= target.atMost;
    case 'minimum':
      return Math.min(...values) >= target.atLeast;
    case 'ratio':
      return ratio !== null && ratio <= target.atMost;
    default:
      return target satisfies never;
  }
};

/** Puts a measurement next to its peer and its target. A figure without values does not hold. */
export const toResult = (caseName: string, m: Measurement): Result => {
  const peer = m.peer === undefined ? null : { ...m.peer, median: median(m.peer.values) };
  const ratio = peer === null || peer.median === 0 ? null : round(median(m.values) / peer.median);
  return {
    case: caseName,
    name: m.name,
    unit: m.unit,
    values: m.values.map(round),
    median: round(median(m.values)),
    peer: peer === null ? null : { name: peer.name, values: peer.values.map(round), median: round(peer.median) },
    ratio,
    target: m.target,
    holds: holds(m.target, m.values, ratio),
  };
};

export const machineFacts = (): Report['machine'] => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
});
