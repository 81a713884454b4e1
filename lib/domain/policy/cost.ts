import { HOURS_PER_MONTH } from '../pricing/forecast';
import { hourlyCostOf } from '../pricing/price';
import type { Rate } from '../pricing/rate';
import { NO_SHAPE } from '../shape';
import type { Size } from './size';

const MIB_PER_GIB = 1_024;

/**
 * What a cluster's sizes cost, as numbers: a policy compares with them, nobody is charged by them. Per hour, in
 * `currency`.
 */
export interface SizePrices {
  readonly currency: string;
  readonly vcpuHour: number;
  readonly memoryGiBHour: number;
  /** Of a node whatever its processors and memory: its disk. */
  readonly nodeHour: number;
  /** Spares of a cluster, as nodes: each counts less by their discount. */
  readonly spares: number;
  /** Of the cluster whatever its size: its virtual address and its data volumes. */
  readonly restHour: number;
}

export interface PricedCluster {
  readonly diskGiB: number;
  readonly spares: number;
  readonly volumesGiB: readonly number[];
}

export const sizePricesOf = (rate: Rate, { diskGiB, spares, volumesGiB }: PricedCluster): SizePrices => {
  const volumes = volumesGiB.map((size) => hourlyCostOf('volume', { ...NO_SHAPE, diskGiB: size }, rate).toNumber());
  return {
    currency: rate.currency,
    vcpuHour: Number(rate.vcpuHour),
    memoryGiBHour: Number(rate.memoryGiBHour),
    nodeHour: Number(rate.diskGiBHour) * diskGiB,
    spares: spares * (1 - Number(rate.spareDiscountPercent) / 100),
    restHour: volumes.reduce((sum, cost) => sum + cost, hourlyCostOf('vip', NO_SHAPE, rate).toNumber()),
  };
};

const perNodeHour = (prices: SizePrices, { vcpus, memoryMiB }: Omit<Size, 'nodes'>): number =>
  vcpus * prices.vcpuHour + (memoryMiB / MIB_PER_GIB) * prices.memoryGiBHour + prices.nodeHour;

export const costPerHour = (prices: SizePrices, size: Size): number =>
  (size.nodes + prices.spares) * perNodeHour(prices, size) + prices.restHour;

export const costPerMonth = (prices: SizePrices, size: Size): number => costPerHour(prices, size) * HOURS_PER_MONTH;

/** The most nodes of this shape that a month's cap pays for; rounding in the division must not lose one. */
export const nodesWithin = (prices: SizePrices, size: Size, capPerMonth: number): number => {
  const left = capPerMonth / HOURS_PER_MONTH - prices.restHour;
  return Math.floor(left / perNodeHour(prices, size) - prices.spares + 1e-9);
};
