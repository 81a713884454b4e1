import type { Cluster, Node, Vm } from '@/lib/db/generated/client';
import { type AlarmKind, alarmSubject } from '@/lib/domain/alarm';
import { type HeadroomError, isHeadroomError } from '@/lib/domain/errors';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { ensureAlarm, ensureNoAlarm, loadOpenAlarms, type OpenAlarms } from '@/lib/usecases/alarms/raise';
import { recoverCluster, spendRecovery } from '@/lib/usecases/clusters/recover-cluster';
import { ACTIVE } from '@/lib/usecases/operations/active';
import { asSystem, type OrchestratorContext } from '../context';
import { restartCluster } from '../restart-cluster';
import type { Task } from '../task';

type Watched = Cluster & {
  readonly nodes: readonly (Node & { readonly vm: Vm })[];
  readonly vms: readonly Vm[];
  readonly revisions: readonly { readonly nodes: number }[];
};

/**
 * Compares every cluster that has no operation under way with what it should be: says whether it is whole, has what is
 * lost replaced, and brings back one that lies down altogether. Both are limited to so many an hour.
 */
export const clusterReconciler = (context: OrchestratorContext): Task => ({
  name: 'cluster-reconciler',
  periodMs: 2_000,
  deadlineMs: 300_000,
  run: async (signal) => {
    const clusters = await context.db.cluster.findMany({
      where: {
        state: { in: ['running', 'degraded'] },
        operations: { none: ACTIVE },
      },
      include: {
        nodes: {
          where: { state: { not: 'left' }, vm: { state: { not: 'released' } } },
          orderBy: { joinedAt: 'asc' },
          include: { vm: true },
        },
        vms: { where: { role: 'spare', state: 'failed' }, orderBy: { createdAt: 'asc' } },
        revisions: { orderBy: { generation: 'desc' }, take: 1 },
      },
    });
    const open = await loadOpenAlarms(context.db);
    for (const cluster of clusters) {
      if (signal.aborted) return;
      await reconcile(context, cluster, open).catch((error: unknown) =>
        context.say('cluster not reconciled', { cluster: cluster.name, error: String(error) }),
      );
    }
  },
});

/** Whether a VM of these can be started again: it is there, and on a host that answers. */
const canRestart = async (context: OrchestratorContext, nodes: readonly Node[]): Promise<boolean> => {
  const facts = await Promise.all(nodes.map((node) => context.hypervisor.findVm(node.vmId)));
  return facts.some((vm) => vm !== null && vm.state !== 'unknown');
};

const reconcile = async (context: OrchestratorContext, cluster: Watched, open: OpenAlarms): Promise<void> => {
  const failed = cluster.nodes.filter((node) => node.state === 'failed');
  const wanted = cluster.revisions[0]?.nodes ?? cluster.nodes.length;
  const working = cluster.nodes.filter((node) => node.state === 'active' && node.healthy === true);
  await setState(context, cluster, working.length >= wanted && failed.length === 0 ? 'running' : 'degraded');
  await tellWhetherServed(
    context,
    cluster,
    working.some((node) => node.runsApplication),
    open,
  );
  if (failed.length === 0 && cluster.vms.length === 0) {
    await endRecoveryAlarms(context, cluster, open, 'Nothing of it is lost any more.');
    return;
  }
  const isDown = failed.length > 0 && failed.length === cluster.nodes.length;
  await attempt(context, cluster, open, async () => {
    if (isDown && (await canRestart(context, failed))) await restart(context, cluster, failed);
    else await recover(context, cluster);
  });
};

const setState = async (
  context: OrchestratorContext,
  cluster: Cluster,
  state: 'running' | 'degraded',
): Promise<void> => {
  if (cluster.state === state) return;
  const { count } = await context.db.cluster.updateMany({
    where: { id: cluster.id, state: cluster.state },
    data: { state },
  });
  if (count === 0) return;
  await context.db.$transaction((tx) =>
    appendEvents(tx, [{ kind: 'cluster', clusterId: cluster.id, payload: { state } }]),
  );
  await notifyEvents(context.db);
};

const alarmOf = (cluster: Cluster, kind: AlarmKind, message: string) => ({
  kind,
  subject: alarmSubject('cluster', cluster.id),
  name: cluster.name,
  clusterId: cluster.id,
  message,
});

const tellWhetherServed = async (
  context: OrchestratorContext,
  cluster: Watched,
  isServed: boolean,
  open: OpenAlarms,
): Promise<void> => {
  const { db, clock } = context;
  const subject = alarmSubject('cluster', cluster.id);
  const message = `No node of ${cluster.name} that runs its application is seen to work.`;
  if (!isServed) await ensureAlarm(db, clock.now(), alarmOf(cluster, 'nobody-works', message));
  else if (open.has('nobody-works', subject))
    await ensureNoAlarm(db, clock.now(), 'nobody-works', subject, 'A node works again.');
};

const restart = async (context: OrchestratorContext, cluster: Watched, failed: Watched['nodes']): Promise<void> => {
  const detail = `No VM of it ran: ${failed.map(({ vm }) => vm.name).join(', ')} are started again.`;
  await context.db.$transaction((tx) => spendRecovery(tx, cluster, { kind: 'restart', detail }, context.clock.now()));
  await restartCluster(context, cluster.id);
};

const recover = async (context: OrchestratorContext, cluster: Watched): Promise<void> => {
  const { operation } = await recoverCluster(asSystem(context, 'cluster-reconciler'), cluster.id, {});
  context.say('replacing what is lost', { cluster: cluster.name, operationId: operation.id });
};

/** A refusal is told by an alarm until it is over; the next run looks again. */
const attempt = async (
  context: OrchestratorContext,
  cluster: Watched,
  open: OpenAlarms,
  act: () => Promise<void>,
): Promise<void> => {
  try {
    await act();
    await endRecoveryAlarms(context, cluster, open, 'It is being recovered.');
  } catch (error) {
    if (!isHeadroomError(error)) throw error;
    // An operation was accepted meanwhile.
    if (error.code === 'operation_active') return;
    context.say('lost VMs not replaced', { cluster: cluster.name, error: error.message });
    await tellRefusal(context, cluster, error);
  }
};

const tellRefusal = async (context: OrchestratorContext, cluster: Watched, error: HeadroomError): Promise<void> => {
  const isLimit = error.code === 'too_many_requests';
  const [kind, other] = isLimit
    ? (['recovery-limit', 'recovery-blocked'] as const)
    : (['recovery-blocked', 'recovery-limit'] as const);
  const { db, clock } = context;
  await ensureNoAlarm(db, clock.now(), other, alarmSubject('cluster', cluster.id), error.message);
  const lost = [...cluster.nodes.filter(({ state }) => state === 'failed').map(({ vm }) => vm), ...cluster.vms];
  const names = lost.map(({ name }) => name).join(', ');
  const message = `${names} ${lost.length === 1 ? 'is' : 'are'} lost and not replaced. ${error.message}`;
  await ensureAlarm(db, clock.now(), alarmOf(cluster, kind, message));
};

const endRecoveryAlarms = async (
  context: OrchestratorContext,
  cluster: Cluster,
  open: OpenAlarms,
  resolution: string,
): Promise<void> => {
  const subject = alarmSubject('cluster', cluster.id);
  for (const kind of ['recovery-limit', 'recovery-blocked'] as const)
    if (open.has(kind, subject)) await ensureNoAlarm(context.db, context.clock.now(), kind, subject, resolution);
};
