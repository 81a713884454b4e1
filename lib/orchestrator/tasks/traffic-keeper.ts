import { loadInputSchema } from '@/lib/domain/contract';
import { publishedTargetOf } from '@/lib/steps/published-target';
import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/** Keeps what clients do as it is wanted: every serving cluster is published, with the load that was set for it. */
export const trafficKeeper = (context: OrchestratorContext): Task => ({
  name: 'traffic-keeper',
  periodMs: 5_000,
  deadlineMs: 30_000,
  run: async () => {
    const { db, traffic } = context;
    await traffic.start();
    const clusters = await db.cluster.findMany({
      where: { state: { in: ['running', 'degraded'] } },
      include: { workload: true },
    });
    const published = new Map((await traffic.listPublished()).map((target) => [target.clusterId, target]));
    for (const cluster of clusters) {
      const known = published.get(cluster.id);
      const target = publishedTargetOf(cluster);
      if (JSON.stringify(known) !== JSON.stringify(target)) await traffic.ensurePublished(target);
      const wanted = loadInputSchema.safeParse(cluster.load);
      if (!wanted.success) continue;
      const { requestsPerSecond, path, slowStreams } = await traffic.load(cluster.id);
      const { data } = wanted;
      const isSame =
        requestsPerSecond === data.requestsPerSecond && slowStreams === data.slowStreams && path === data.path;
      const isOff =
        requestsPerSecond === 0 && slowStreams === 0 && data.requestsPerSecond === 0 && data.slowStreams === 0;
      if (!isSame && !isOff) await traffic.setLoad(cluster.id, data);
    }
    const deleted = await db.cluster.findMany({
      where: { id: { in: [...published.keys()] }, state: 'deleted' },
      select: { id: true },
    });
    for (const { id } of deleted) await traffic.ensureUnpublished(id);
  },
});
