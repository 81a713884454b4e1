import { type SizePrices, sizePricesOf } from '@/lib/domain/policy/cost';
import { findRate } from '@/lib/domain/pricing/rate';
import { loadRates } from '../billing/rates';
import { requirementsInForce } from '../clusters/view';
import type { Database, Transaction } from '../context';

/** What sizes of these clusters cost by the rates in force; clusters without a rate are left out. */
export const loadSizePrices = async (
  db: Database | Transaction,
  clusterIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, SizePrices>> => {
  if (clusterIds.length === 0) return new Map();
  const [rates, clusters] = await Promise.all([
    loadRates(db),
    db.cluster.findMany({
      where: { id: { in: [...clusterIds] } },
      include: {
        revisions: { orderBy: { generation: 'desc' }, take: 1 },
        volumes: { where: { destroyedAt: null }, select: { sizeGiB: true } },
      },
    }),
  ]);
  return new Map(
    clusters.flatMap((cluster) => {
      const rate = findRate(rates, cluster.costCentre, now.getTime());
      if (rate === null) return [];
      const { shape, spares } = requirementsInForce(cluster);
      const volumesGiB = cluster.volumes.map(({ sizeGiB }) => sizeGiB);
      return [[cluster.id, sizePricesOf(rate, { diskGiB: shape.diskGiB, spares, volumesGiB })] as const];
    }),
  );
};
