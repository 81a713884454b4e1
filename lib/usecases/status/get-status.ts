import type { StatusView } from '@/lib/domain/contract';
import packageFacts from '@/package.json';
import { authorise, type UseCaseContext } from '../context';
import { ACTIVE } from '../operations/active';

/** The orchestrator renews its lease every few seconds; without it for this long it is taken for dead. */
export const LEASE_AGE_MS_MAX = 15_000;

/** What this installation is and whether its orchestrator is at work. */
export const getStatus = async (context: UseCaseContext): Promise<StatusView> => {
  authorise(context, 'cluster.read');
  const { db } = context;
  const [lease, host, clusters, vms, activeOperations] = await Promise.all([
    db.lease.findFirst({ orderBy: { renewedAt: 'desc' } }),
    db.host.findFirst({ orderBy: { name: 'asc' }, select: { hypervisor: true, accelerator: true } }),
    db.cluster.count({ where: { state: { not: 'deleted' } } }),
    db.vm.count({ where: { state: { not: 'released' } } }),
    db.operation.count({ where: ACTIVE }),
  ]);
  const ageMs = lease === null ? Number.POSITIVE_INFINITY : context.clock().getTime() - lease.renewedAt.getTime();
  return {
    version: packageFacts.version,
    hypervisor: (host?.hypervisor ?? process.env.HEADROOM_HYPERVISOR) === 'simulated' ? 'simulated' : 'qemu',
    accelerator: host?.accelerator ?? 'unknown',
    orchestrator: {
      alive: ageMs <= LEASE_AGE_MS_MAX,
      holder: lease?.holder ?? null,
      renewedAt: lease?.renewedAt.toISOString() ?? null,
    },
    clusters,
    vms,
    activeOperations,
  };
};
