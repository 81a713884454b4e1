import type { ImageView } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';

/** A time before there were such images: the simulated hypervisor keeps none. */
const isKnown = (at: Date): boolean => at.getTime() > 0;

/** The guest images that the hypervisor has, newest first, with the VMs that were made of each. */
export const listImages = async (context: UseCaseContext): Promise<{ readonly items: readonly ImageView[] }> => {
  authorise(context, 'cluster.read');
  const rows = await context.db.image.findMany({ orderBy: [{ createdAt: 'desc' }, { key: 'asc' }] });
  const vms = await context.db.vm.findMany({
    where: { id: { in: rows.flatMap(({ usedBy }) => usedBy) } },
    select: { id: true, name: true, cluster: { select: { name: true } } },
    orderBy: { name: 'asc' },
  });
  return {
    items: rows.map((row) => ({
      key: row.key,
      packages: row.packages,
      kernel: row.kernel,
      sizeBytes: Number(row.sizeBytes),
      createdAt: isKnown(row.createdAt) ? row.createdAt.toISOString() : null,
      usedBy: vms
        .filter(({ id }) => row.usedBy.includes(id))
        .map(({ id, name, cluster }) => ({ id, name, cluster: cluster?.name ?? null })),
      seenAt: row.seenAt.toISOString(),
    })),
  };
};
