import { Decimal as Standard } from 'decimal.js';
import type { Shape } from '../shape';
import { HOUR_MS } from '../usage/month';
import type { Tier } from '../usage/types';
import type { Rate } from './rate';

/** Exact far beyond what sums of money need: a month of 10,000 VMs in milliseconds has 17 digits. */
export const Decimal = Standard.clone({ precision: 60, rounding: Standard.ROUND_HALF_UP });
export type Decimal = InstanceType<typeof Decimal>;

/** How much of something ran how long, in whole milliseconds times its unit: sums of them are exact. */
export interface UsageSum {
  readonly ms: bigint;
  readonly vcpuMs: bigint;
  readonly memoryMiBMs: bigint;
  readonly diskGiBMs: bigint;
}

/** What a shape uses in a time. */
export const usageOf = (shape: Shape, ms: number): UsageSum => ({
  ms: BigInt(ms),
  vcpuMs: BigInt(ms) * BigInt(shape.vcpus),
  memoryMiBMs: BigInt(ms) * BigInt(shape.memoryMiB),
  diskGiBMs: BigInt(ms) * BigInt(shape.diskGiB),
});

export const METERS = ['vcpu', 'memory', 'disk', 'volume', 'vip'] as const;
export type Meter = (typeof METERS)[number];

export const METER_UNIT: Readonly<Record<Meter, string>> = {
  vcpu: 'vCPU-Hours',
  memory: 'GiB-Hours',
  disk: 'GiB-Hours',
  volume: 'GiB-Hours',
  vip: 'Hours',
};

/** What is charged of each tier. */
export const metersOf = (tier: Tier): readonly Meter[] => {
  switch (tier) {
    case 'service':
    case 'overlap':
    case 'spare':
      return ['vcpu', 'memory', 'disk'];
    case 'volume':
      return ['volume'];
    case 'vip':
      return ['vip'];
    default:
      return tier satisfies never;
  }
};

/** Of a meter's unit, in unit-hours. Exact: a division by 3,600,000 ms, and for memory by 1,024, is kept to 60 digits. */
export const quantityOf = (meter: Meter, usage: UsageSum): Decimal => {
  const perHour = (amount: bigint): Decimal => new Decimal(amount.toString()).div(HOUR_MS);
  switch (meter) {
    case 'vcpu':
      return perHour(usage.vcpuMs);
    case 'memory':
      return perHour(usage.memoryMiBMs).div(1_024);
    case 'disk':
    case 'volume':
      return perHour(usage.diskGiBMs);
    case 'vip':
      return perHour(usage.ms);
    default:
      return meter satisfies never;
  }
};

/** Per unit-hour, before a discount. */
export const listPriceOf = (meter: Meter, rate: Rate): Decimal => {
  switch (meter) {
    case 'vcpu':
      return new Decimal(rate.vcpuHour);
    case 'memory':
      return new Decimal(rate.memoryGiBHour);
    case 'disk':
      return new Decimal(rate.diskGiBHour);
    case 'volume':
      return new Decimal(rate.volumeGiBHour);
    case 'vip':
      return new Decimal(rate.vipHour);
    default:
      return meter satisfies never;
  }
};

/** Per unit-hour, with a spare's discount. */
export const unitPriceOf = (meter: Meter, tier: Tier, rate: Rate): Decimal => {
  const list = listPriceOf(meter, rate);
  if (tier !== 'spare') return list;
  return list.mul(new Decimal(100).sub(rate.spareDiscountPercent)).div(100);
};

/** What usage of a tier costs, not rounded. */
export const costOf = (tier: Tier, usage: UsageSum, rate: Rate): Decimal =>
  metersOf(tier).reduce(
    (sum, meter) => sum.add(quantityOf(meter, usage).mul(unitPriceOf(meter, tier, rate))),
    new Decimal(0),
  );

/** Per hour of a shape. */
export const hourlyCostOf = (tier: Tier, shape: Shape, rate: Rate): Decimal =>
  costOf(tier, usageOf(shape, HOUR_MS), rate);

/** To the cent, halves away from zero: the one rounding there is, done once per statement line and once for its tax. */
export const toCents = (amount: Decimal): Decimal => amount.toDecimalPlaces(2, Standard.ROUND_HALF_UP);

/** Money as it is sent and shown: `12.30`. */
export const money = (amount: Decimal): string => toCents(amount).toFixed(2);

/** A number without exponent or needless zeros, to so many digits after the point. */
export const plain = (value: Decimal, places: number): string => value.toDecimalPlaces(places).toFixed();
