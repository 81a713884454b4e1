import type { MaintenanceAccepted, MaintenanceInput, PlanView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import type { Plan } from '@/lib/domain/plan';
import { toPricedPlanView } from '../billing/plan-cost';
import { getChangeableCluster } from '../clusters/check-cluster';
import { planEvacuation } from '../clusters/planner';
import { authorise, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { insertOperation } from '../operations/record-operation';
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
  await tx.host.update({ where: { id: host.id }, data: { state: 'maintenance' } });
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

const end = async (tx: Transaction, host: HostRow, reason: string): Promise<Recorded<MaintenanceAccepted>> => {
  if (host.state !== 'maintenance') {
    throw new HeadroomError('wrong_state', `${host.name} is ${host.state}, not in maintenance.`);
  }
  await tx.host.update({ where: { id: host.id }, data: { state: 'up' } });
  return {
    value: { host: toHostView(await getHostRow(tx, host.id)), operations: [] },
    audit: { action: 'host.maintenance', subject: `host/${host.name}`, reason, detail: { enabled: false } },
    events: [{ kind: 'host', payload: { host: host.name, state: 'up' } }],
  };
};

const getMaintainable = async (tx: Transaction, idOrName: string): Promise<HostRow> => {
  const host = await getHostRow(tx, idOrName);
  if (host.state === 'up' || host.state === 'maintenance') return host;
  throw new HeadroomError('wrong_state', `${host.name} is ${host.state}: it has to come up first.`);
};

/**
 * Takes a host out of service, after a check that everything on it fits elsewhere, or back into it. Asking again while
 * in maintenance moves what is left. `dryRun` gives the plans and changes nothing.
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
    const host = await getMaintainable(tx, hostIdOrName);
    const reason = input.reason ?? '';
    return input.enabled ? begin(tx, context, host, reason) : end(tx, host, reason);
  });
};
