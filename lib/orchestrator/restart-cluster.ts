import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { loadClusterView } from '@/lib/steps/view';
import { fromSpecJson } from '@/lib/usecases/workloads/view';
import type { OrchestratorContext } from './context';

const BOOT_DEADLINE_MS = 180_000;
const APPLICATION_DEADLINE_MS = 60_000;

/**
 * Brings a cluster back of which no VM runs, as after the machine was off: every VM boots from its own disk, where its
 * clustering process starts by itself. There is nothing to fail over to, so nothing is replaced. A stateful application
 * starts where its volume is.
 */
export const restartCluster = async (context: OrchestratorContext, clusterId: string): Promise<void> => {
  const { db, hypervisor, clustering } = context;
  const cluster = await db.cluster.findUniqueOrThrow({ where: { id: clusterId }, include: { workload: true } });
  const nodes = await db.node.findMany({ where: { clusterId, state: 'failed' }, include: { vm: true } });
  context.say('bringing a cluster back', { cluster: cluster.name, vms: nodes.map((node) => node.vm.name) });
  const outcomes = await Promise.allSettled(
    nodes.map(async (node) => {
      const facts = await hypervisor.startVm(node.vmId, { deadlineMs: BOOT_DEADLINE_MS });
      await db.vm.update({
        where: { id: node.vmId },
        data: { state: 'running', startedAt: facts.startedAt, endedAt: null, startedFrom: facts.startedFrom },
      });
      await db.node.update({ where: { vmId: node.vmId }, data: { state: 'active', weight: 1 } });
      // It is judged anew: how long it had not been seen does not count against it.
      await db.nodeHealth.updateMany({ where: { vmId: node.vmId }, data: { unseenSince: null } });
    }),
  );
  context.views.forget(nodes.map((node) => node.vmId));
  const view = await loadClusterView(db, clusterId);
  const back = nodes.filter((_, i) => outcomes[i]?.status === 'fulfilled');
  await Promise.all(back.map((node) => clustering.ensureInstalled(node.vmId, view)));
  await Promise.all(back.map((node) => clustering.ensureStanding(node.vmId, view)));
  const { volume } = fromSpecJson(cluster.workload.spec);
  const attached = await db.volume.findFirst({ where: { clusterId, destroyedAt: null, attachedVmId: { not: null } } });
  const holder = back.find((node) => node.vmId === attached?.attachedVmId);
  if (volume !== null && attached !== null && holder !== undefined) {
    await clustering.ensureVolumeMounted(holder.vmId, attached.id, volume.mountPath);
    await clustering.ensureApplicationStarted(holder.vmId, { deadlineMs: APPLICATION_DEADLINE_MS });
    await db.node.update({ where: { vmId: holder.vmId }, data: { runsApplication: true } });
  }
  await db.$transaction((tx) => appendEvents(tx, [{ kind: 'cluster', clusterId, payload: { state: 'restarted' } }]));
  await notifyEvents(db);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
};
