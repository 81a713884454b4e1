import type { Workload } from '@/lib/db/generated/client';
import { HeadroomError } from '@/lib/domain/errors';
import type { Plan } from '@/lib/domain/plan';
import * as planning from '@/lib/domain/planning';
import type { ChangePreferences, FailoverMode, PlacementPreferences, Requirements } from '@/lib/domain/requirements';
import type { Transaction } from '../context';
import { loadInventory, withPlanned } from '../snapshot';
import { fromSpecJson } from '../workloads/view';
import { defaultMode, observeCluster, observeNewCluster } from './observe';
import type { ClusterRow } from './view';

/** The plan, or the planner's refusal as the error that a caller sees. */
const toPlan = (result: planning.PlanResult): Plan => {
  if (result.ok) return result.plan;
  throw new HeadroomError(result.code, result.message, result.details === undefined ? {} : { details: result.details });
};

const modeOf = (cluster: ClusterRow, mode: FailoverMode | undefined): FailoverMode =>
  mode ?? defaultMode(fromSpecJson(cluster.workload.spec));

export const planCreation = async (
  tx: Transaction,
  input: {
    readonly cluster: { readonly id: string; readonly name: string };
    readonly workload: Workload;
    readonly requirements: Requirements;
    readonly placement: PlacementPreferences;
  },
): Promise<Plan> => {
  const observed = observeNewCluster({
    ...input.cluster,
    requirements: input.requirements,
    workload: fromSpecJson(input.workload.spec),
    inventory: await loadInventory(tx),
  });
  return toPlan(planning.planCreate(observed, input.requirements, input.placement));
};

export const planChange = async (
  tx: Transaction,
  cluster: ClusterRow,
  input: { readonly desired: Requirements } & Omit<ChangePreferences, 'mode'> & { readonly mode?: FailoverMode },
): Promise<Plan> => {
  const { desired, ...preferences } = input;
  const observed = await observeCluster(tx, cluster, modeOf(cluster, input.mode));
  return toPlan(planning.planRequirements(observed, desired, preferences));
};

export const planFailover = async (
  tx: Transaction,
  cluster: ClusterRow,
  request: planning.FailoverRequest,
): Promise<Plan> => {
  const observed = await observeCluster(tx, cluster, modeOf(cluster, request.mode));
  const { from, to, mode } = request;
  return toPlan(planning.planFailover(observed, { from, to, mode }));
};

export const planRestart = async (tx: Transaction, cluster: ClusterRow, node: string): Promise<Plan> =>
  toPlan(planning.planRestart(await observeCluster(tx, cluster, 'move'), node));

/** `names`: nodes and spares that are lost. */
export const planRecovery = async (tx: Transaction, cluster: ClusterRow, names: readonly string[]): Promise<Plan> =>
  toPlan(planning.planRecover(await observeCluster(tx, cluster, modeOf(cluster, undefined)), names));

/** `earlier`: plans that are accepted together with this one, and whose VMs it has to leave room for. */
export const planEvacuation = async (
  tx: Transaction,
  cluster: ClusterRow,
  input: { readonly hostId: string; readonly earlier: readonly Plan[] },
): Promise<Plan> => {
  const observed = await observeCluster(tx, cluster, modeOf(cluster, undefined));
  const inventory = withPlanned(observed.inventory, input.earlier);
  return toPlan(planning.planEvacuate({ ...observed, inventory }, input.hostId));
};

export const planDeletion = async (tx: Transaction, cluster: ClusterRow): Promise<Plan> =>
  toPlan(planning.planDelete(await observeCluster(tx, cluster, modeOf(cluster, undefined))));
