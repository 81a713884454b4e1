import type { ClusterView } from '@/lib/clustering/types';
import { configureMembers, loadClusterView } from '@/lib/steps/view';
import { ACTIVE } from '@/lib/usecases/operations/active';
import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/**
 * Tells members again what they missed while they could not be asked, and has those stand for the VIP that were told not
 * to by a hand-over which was cut short, or because another had it too. Rarely, since every question costs the guest a
 * program; while an operation is under way its steps see to it.
 */
export const viewKeeper = (context: OrchestratorContext): Task => ({
  name: 'view-keeper',
  periodMs: 15_000,
  deadlineMs: 60_000,
  run: async (signal) => {
    const clusters = await context.db.cluster.findMany({
      where: {
        state: { in: ['running', 'degraded'] },
        operations: { none: ACTIVE },
      },
      select: { id: true, name: true, nodes: { select: { vmId: true, state: true, vrrpState: true } } },
    });
    for (const { id, name, nodes } of clusters) {
      if (signal.aborted) return;
      context.views.forget(nodes.map((node) => node.vmId));
      await configureMembers(context, id, { tolerant: true }).catch((error: unknown) =>
        context.say('members not told', { cluster: name, error: String(error) }),
      );
      const idle = nodes.filter((node) => node.state === 'active' && node.vrrpState === 'fault');
      if (idle.length === 0) continue;
      const view = await loadClusterView(context.db, id);
      await Promise.allSettled(idle.map(({ vmId }) => stand(context, vmId, view)));
    }
  },
});

const stand = async (context: OrchestratorContext, vmId: string, view: ClusterView): Promise<void> => {
  if (await isAmongOthers(context, vmId, view)) await context.clustering.ensureStanding(vmId, view);
};

/** One that no other member can talk to would hear no holder, and take a VIP that another has. */
const isAmongOthers = async (
  { clustering }: OrchestratorContext,
  vmId: string,
  view: ClusterView,
): Promise<boolean> => {
  const self = view.members.find((member) => member.vmId === vmId);
  const others = view.members.filter((member) => member.vmId !== vmId);
  if (self === undefined) return false;
  if (others.length === 0) return true;
  const own = await clustering.peers(vmId).catch(() => new Map<string, boolean>());
  if ([...own.values()].includes(true)) return true;
  const views = await Promise.all(others.map((other) => clustering.peers(other.vmId).catch(() => null)));
  return views.some((seen) => seen?.get(self.name) === true);
};
