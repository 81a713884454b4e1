import type { MaintenanceAccepted, MaintenanceInput, PlanView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import type { Plan } from '@/lib/domain/plan';
import { toPricedPlanView } from '../billing/plan-cost';
import { getChangeableCluster } from '../clusters/check-cluster';
import { planEvacuation } from '../clusters/planner';
import { authorise, describeActor, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { insertOperation } from '../operations/record-operation';
import { fromPlanJson } from '../operations/stored';
import { type Recorded, record } from '../record';
import { getHostRow } from './hosts';
import { type HostRow, toHostView } from './view';

/**
 * One plan per cluster that has VMs on the host; each sees what the ones before it will take, so together they fit.
 * Throws `operation_active`, `no_capacity` and whatever else a plan may.
 */
const planEvacuations = async (tx: Transaction, host: HostRow): Promise<readonly Plan[]> => {
  const clusterIds = [...new Set(host.vms.flatMap((vm) => (vm.clusterId === null ? [] : [vm.clusterId])))].sort();
  const plans: Plan[] = [];
  for (const clusterId of clusterIds) {
    const cluster = await getChangeableCluster(tx, clusterId, undefined);
    plans.push(await planEvacuation(tx, cluster, { hostId: host.id, earlier: plans }));
  }
  return plans;
};

const begin = async (
  tx: Transaction,
  context: UseCaseContext,
  host: HostRow,
  reason: string,
): Promise<Recorded<MaintenanceAccepted>> => {
  const plans = await planEvacuations(tx, host);
  await tx.host.update({ where: { id: host.id }, data: { state: 'maintenance', maintenanceSince: context.clock() } });
  const recorded = [];
  for (const plan of plans) {
    const why = reason === '' ? `Maintenance of ${host.name}` : `Maintenance of ${host.name}: ${reason}`;
    recorded.push({ plan, operation: await insertOperation(tx, context, plan, why) });
  }
  const operations = recorded.map(({ plan, operation }) => ({ id: operation.id, cluster: plan.clusterName }));
  return {
    value: { host: toHostView(await getHostRow(tx, host.id)), operations },
    audit: { action: 'host.maintenance', subject: `host/${host.name}`, reason, detail: { enabled: true, operations } },
    events: [
      { kind: 'host', payload: { host: host.name, state: 'maintenance' } },
      ...recorded.flatMap(({ operation }) => operation.events),
    ],
  };
};

/** Evacuations of this host that may still be taken back, asked to be. */
const cancelEvacuations = async (tx: Transaction, context: UseCaseContext, host: HostRow) => {
  const active = await tx.operation.findMany({
    where: { kind: 'evacuate', state: { in: ['pending', 'running'] }, cancelRequestedBy: null },
    include: { cluster: { select: { name: true } } },
  });
  const here = active.filter(({ plan }) => fromPlanJson(plan).removes.some((vm) => vm.hostId === host.id));
  await tx.operation.updateMany({
    where: { id: { in: here.map(({ id }) => id) }, state: { in: ['pending', 'running'] } },
    data: { cancelRequestedBy: describeActor(context.actor) },
  });
  return here;
};

/** What is under way is cancelled: it is undone, or goes on to its end where traffic has moved. */
const end = async (
  tx: Transaction,
  context: UseCaseContext,
  host: HostRow,
  reason: string,
): Promise<Recorded<MaintenanceAccepted>> => {
  if (host.maintenanceSince === null) {
    throw new HeadroomError('wrong_state', `${host.name} is ${host.state}, not in maintenance.`);
  }
  const state = host.state === 'maintenance' ? 'up' : host.state;
  await tx.host.update({ where: { id: host.id }, data: { state, maintenanceSince: null } });
  const cancelled = await cancelEvacuations(tx, context, host);
  const operations = cancelled.map(({ id, cluster }) => ({ id, cluster: cluster.name }));
  return {
    value: { host: toHostView(await getHostRow(tx, host.id)), operations },
    audit: {
      action: 'host.maintenance',
      subject: `host/${host.name}`,
      reason,
      detail: { enabled: false, cancelled: operations },
    },
    events: [
      { kind: 'host', payload: { host: host.name, state } },
      ...cancelled.map(
        ({ id, clusterId, state: was }) =>
          ({ kind: 'operation', clusterId, operationId: id, payload: { state: was } }) as const,
      ),
    ],
  };
};

const getMaintainable = async (tx: Transaction, idOrName: string): Promise<HostRow> => {
  const host = await getHostRow(tx, idOrName);
  if (host.state === 'up' || host.state === 'maintenance') return host;
  throw new HeadroomError('wrong_state', `${host.name} is ${host.state}: it has to come up first.`);
};

/**
 * Takes a host out of service, after a check that everything on it fits elsewhere, or back into it, which cancels what is
 * under way of it. Asking again while in maintenance moves what is left. `dryRun` gives the plans and changes nothing.
 * Throws `wrong_state`, `operation_active`, `no_capacity`, `impossible`; then nothing was changed.
 */
export const setMaintenance = async (
  context: UseCaseContext,
  hostIdOrName: string,
  input: MaintenanceInput,
): Promise<MaintenanceAccepted | { readonly plans: readonly PlanView[] }> => {
  authorise(context, 'host.maintain');
  if (input.dryRun) {
    const plans = await context.db.$transaction(async (tx) => {
      const host = await getMaintainable(tx, hostIdOrName);
      const evacuations = input.enabled ? await planEvacuations(tx, host) : [];
      const views: PlanView[] = [];
      for (const plan of evacuations) views.push(await toPricedPlanView(tx, context, plan));
      return views;
    });
    return { plans };
  }
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const host = input.enabled ? await getMaintainable(tx, hostIdOrName) : await getHostRow(tx, hostIdOrName);
    const reason = input.reason ?? '';
    return input.enabled ? begin(tx, context, host, reason) : end(tx, context, host, reason);
  });
};
