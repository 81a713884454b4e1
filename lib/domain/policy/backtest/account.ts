import { SHAPE_LIMITS } from '../../shape';
import { costPerHour, type SizePrices } from '../cost';
import { type Share, unitsOf } from '../metric';
import type { PolicyBounds } from '../schema';
import type { Size } from '../size';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Rounding in a division must not make a size that fits exactly one that does not. */
const EPSILON = 1e-9;

/** Units of the next smaller size that the bounds allow; null at the smallest. */
const unitsOfSmaller = (size: Size, share: Share, bounds: PolicyBounds): number | null => {
  if (share === 'MiB per node') {
    const memoryMiB = size.memoryMiB - SHAPE_LIMITS.memoryMiBStep;
    return memoryMiB < bounds.memoryMiBMin ? null : unitsOf({ ...size, memoryMiB }, share);
  }
  return size.nodes <= bounds.nodesMin ? null : unitsOf({ ...size, nodes: size.nodes - 1 }, share);
};

/** Adds up how a simulated cluster did. Times are weighed by how long each point stands. */
export class Account {
  readonly #share: Share | null;
  readonly #bounds: PolicyBounds;
  readonly #prices: SizePrices | null;
  #cost = 0;
  #underMs = 0;
  #overMs = 0;
  #provisioned = 0;
  #needed = 0;
  #nodeMs = 0;
  #vcpuMs = 0;
  #memoryMiBMs = 0;
  #withoutDataMs = 0;
  #isNeedKnown = false;

  constructor(share: Share | null, bounds: PolicyBounds, prices: SizePrices | null) {
    this.#share = share;
    this.#bounds = bounds;
    this.#prices = prices;
  }

  /** @param needed in the share's units; null when it is not known */
  add(ms: number, size: Size, needed: number | null): void {
    if (this.#prices !== null) this.#cost += (ms / HOUR_MS) * costPerHour(this.#prices, size);
    this.#nodeMs += ms * size.nodes;
    this.#vcpuMs += ms * size.nodes * size.vcpus;
    this.#memoryMiBMs += ms * size.nodes * size.memoryMiB;
    if (needed === null || this.#share === null) return;
    this.#isNeedKnown = true;
    const provisioned = unitsOf(size, this.#share);
    this.#provisioned += ms * provisioned;
    this.#needed += ms * needed;
    if (provisioned < needed - EPSILON) {
      this.#underMs += ms;
      return;
    }
    const smaller = unitsOfSmaller(size, this.#share, this.#bounds);
    if (smaller !== null && smaller >= needed - EPSILON) this.#overMs += ms;
  }

  addWithoutData(ms: number, size: Size): void {
    this.#withoutDataMs += ms;
    this.add(ms, size, null);
  }

  summary() {
    const isKnown = this.#isNeedKnown;
    return {
      unit: this.#share,
      minutesUnder: isKnown ? this.#underMs / MINUTE_MS : null,
      minutesOver: isKnown ? this.#overMs / MINUTE_MS : null,
      minutesWithoutData: this.#withoutDataMs / MINUTE_MS,
      provisionedUnitHours: isKnown ? this.#provisioned / HOUR_MS : null,
      neededUnitHours: isKnown ? this.#needed / HOUR_MS : null,
      nodeHours: this.#nodeMs / HOUR_MS,
      vcpuHours: this.#vcpuMs / HOUR_MS,
      memoryGiBHours: this.#memoryMiBMs / 1024 / HOUR_MS,
      cost: this.#prices === null ? null : this.#cost.toFixed(2),
      currency: this.#prices?.currency ?? null,
    };
  }
}

export type AccountSummary = ReturnType<Account['summary']>;
