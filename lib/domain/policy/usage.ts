import { SHAPE_LIMITS } from '../shape';
import { BIN_MS } from './forecast';
import type { RightsizingRule } from './schema';

const DAY_MS = 86_400_000;
/** Less history than this counts as this much: bounds are wide enough then. */
const DAYS_MIN = 1 / 1_440;

/** Buckets grow by a twentieth each, so that a percentile is at most that much too large. */
const BUCKET_RATIO = 1.05;
/** Weights are scaled down before they leave the range of a double: as the half-life doubles them again and again. */
const WEIGHT_EXPONENT_MAX = 100;

/**
 * A histogram whose samples lose half their weight in every half-life, with exponential buckets; as the recommender of
 * the Kubernetes Vertical Pod Autoscaler has it (autoscaler/vertical-pod-autoscaler/pkg/recommender/util).
 */
export class DecayingHistogram {
  readonly #first: number;
  readonly #halfLifeMs: number;
  #weights: number[] = [];
  #total = 0;
  #referenceMs: number | null = null;

  /** @param first upper end of the first bucket, in the unit of the values */
  constructor(first: number, halfLifeMs: number) {
    this.#first = first;
    this.#halfLifeMs = halfLifeMs;
  }

  add(atMs: number, value: number): void {
    this.#referenceMs ??= atMs;
    let exponent = (atMs - this.#referenceMs) / this.#halfLifeMs;
    if (exponent > WEIGHT_EXPONENT_MAX) {
      this.#rescale(atMs);
      exponent = 0;
    }
    const weight = 2 ** exponent;
    const bucket = this.#bucketOf(value);
    this.#weights[bucket] = (this.#weights[bucket] ?? 0) + weight;
    this.#total += weight;
  }

  /** The end of the bucket below which this part of the weight lies, from 0 to 1; null without samples. */
  percentile(part: number): number | null {
    if (this.#total <= 0) return null;
    let below = 0;
    for (let bucket = 0; bucket < this.#weights.length; bucket += 1) {
      below += this.#weights[bucket] ?? 0;
      if (below >= part * this.#total) return this.#endOf(bucket);
    }
    return this.#endOf(this.#weights.length - 1);
  }

  #rescale(atMs: number): void {
    const factor = 2 ** (((this.#referenceMs ?? atMs) - atMs) / this.#halfLifeMs);
    this.#weights = this.#weights.map((weight) => (weight ?? 0) * factor);
    this.#total *= factor;
    this.#referenceMs = atMs;
  }

  /** Bucket n ends at first × (1 + ratio + … + ratioⁿ). */
  #bucketOf(value: number): number {
    if (value <= this.#first) return 0;
    return Math.ceil(Math.log1p((value / this.#first) * (BUCKET_RATIO - 1)) / Math.log(BUCKET_RATIO)) - 1;
  }

  #endOf(bucket: number): number {
    return (this.#first * (BUCKET_RATIO ** (bucket + 1) - 1)) / (BUCKET_RATIO - 1);
  }
}

/** What a node should have of something: outside the bounds a change is worth while. */
export interface Advice {
  readonly lower: number;
  readonly target: number;
  readonly upper: number;
}

/** Usage of nodes summed up: vCPUs and MiB; null for what was not measured. */
export interface Usage {
  readonly vcpus: Advice | null;
  readonly memoryMiB: Advice | null;
  readonly historyMs: number;
}

export interface UsageTracker {
  /** What one node used at a moment: busy vCPUs and MiB; null for what was not measured. */
  push(atMs: number, busyVcpus: number | null, usedMiB: number | null): void;
  /** Null until the history that the rule asks for is there. */
  read(nowMs: number): Usage | null;
}

const FIRST_VCPUS = 0.01;
const FIRST_MIB = 10;

/**
 * Percentiles 50, 90 and 95 with a margin. The bounds are the wider the shorter the history is: the confidence multiplier
 * of the Vertical Pod Autoscaler, in days of history.
 */
const adviceOf = (histogram: DecayingHistogram, margin: number, days: number): Advice | null => {
  const [p50, p90, p95] = [0.5, 0.9, 0.95].map((part) => histogram.percentile(part));
  if (p50 == null || p90 == null || p95 == null) return null;
  const scale = 1 + margin;
  return {
    lower: p50 * scale * (1 + 0.001 / days) ** -2,
    target: p90 * scale,
    upper: p95 * scale * (1 + 1 / days),
  };
};

export const trackUsage = ({ halfLifeMs, margin, historyMs }: RightsizingRule): UsageTracker => {
  const cpu = new DecayingHistogram(FIRST_VCPUS, halfLifeMs);
  const memory = new DecayingHistogram(FIRST_MIB, halfLifeMs);
  let firstMs: number | null = null;
  let latest: { readonly step: number; readonly usage: Usage | null } | null = null;
  const sumUp = (nowMs: number): Usage | null => {
    if (firstMs === null || nowMs - firstMs < historyMs) return null;
    const days = Math.max(DAYS_MIN, (nowMs - firstMs) / DAY_MS);
    const vcpus = adviceOf(cpu, margin, days);
    const memoryMiB = adviceOf(memory, margin, days);
    return vcpus === null && memoryMiB === null ? null : { vcpus, memoryMiB, historyMs: nowMs - firstMs };
  };
  return {
    push: (atMs, busyVcpus, usedMiB) => {
      firstMs ??= atMs;
      if (busyVcpus !== null) cpu.add(atMs, busyVcpus);
      if (usedMiB !== null) memory.add(atMs, usedMiB);
    },
    read: (nowMs) => {
      const step = Math.floor(nowMs / BIN_MS);
      if (latest?.step !== step) latest = { step, usage: sumUp(nowMs) };
      return latest.usage;
    },
  };
};

const blocks = (memoryMiB: number): number =>
  Math.ceil(memoryMiB / SHAPE_LIMITS.memoryMiBStep) * SHAPE_LIMITS.memoryMiBStep;

/** The whole vCPUs or memory blocks that advice comes to; the present ones while they lie within its bounds. */
export const adviseVcpus = (advice: Advice | null, present: number): number => {
  if (advice === null) return present;
  const { lower, target, upper } = advice;
  return present >= Math.ceil(lower) && present <= Math.ceil(upper) ? present : Math.ceil(target);
};

export const adviseMemory = (advice: Advice | null, present: number): number => {
  if (advice === null) return present;
  const { lower, target, upper } = advice;
  return present >= blocks(lower) && present <= blocks(upper) ? present : blocks(target);
};

/** Whether a shape is smaller than what nodes need most of the time. */
export const isTooSmall = ({ vcpus, memoryMiB }: Usage, to: { readonly vcpus: number; readonly memoryMiB: number }) =>
  (vcpus !== null && to.vcpus < Math.ceil(vcpus.lower)) ||
  (memoryMiB !== null && to.memoryMiB < blocks(memoryMiB.lower));
