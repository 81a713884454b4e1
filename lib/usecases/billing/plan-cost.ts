import type { PlanCostView, PlanView } from '@/lib/domain/contract';
import type { Plan } from '@/lib/domain/plan';
import { HOURS_PER_MONTH } from '@/lib/domain/pricing/forecast';
import { Decimal, hourlyCostOf, money, plain } from '@/lib/domain/pricing/price';
import { findRate, type Rate } from '@/lib/domain/pricing/rate';
import { roleCan } from '@/lib/domain/role';
import { NO_SHAPE } from '@/lib/domain/shape';
import type { Transaction, UseCaseContext } from '../context';
import { planHashOf } from '../operations/record-operation';
import { toPlanView } from '../operations/stored';
import { loadRates } from './rates';

const PLACES = 6;
const COST_CENTRE_OF_NEW = 'default';

const costOfVms = (vms: Plan['creates'], rate: Rate): Decimal =>
  vms.reduce(
    (sum, vm) => sum.add(hourlyCostOf(vm.role === 'spare' ? 'spare' : 'service', vm.shape, rate)),
    new Decimal(0),
  );

/** What the cluster has besides VMs: its virtual address and its data volumes. */
const costOfRest = (volumesGiB: readonly number[], rate: Rate): Decimal =>
  volumesGiB.reduce(
    (sum, sizeGiB) => sum.add(hourlyCostOf('volume', { ...NO_SHAPE, diskGiB: sizeGiB }, rate)),
    hourlyCostOf('vip', NO_SHAPE, rate),
  );

const viewOf = (before: Decimal, after: Decimal, currency: string): PlanCostView => ({
  currency,
  perHourBefore: plain(before, PLACES),
  perHourAfter: plain(after, PLACES),
  perMonthBefore: money(before.mul(HOURS_PER_MONTH)),
  perMonthAfter: money(after.mul(HOURS_PER_MONTH)),
});

/** What a plan changes in cost, by the rates in force at a time; null while there are none. */
export const pricePlan = async (tx: Transaction, plan: Plan, now: Date): Promise<PlanCostView | null> => {
  const cluster = await tx.cluster.findUnique({ where: { id: plan.clusterId }, select: { costCentre: true } });
  const rate = findRate(await loadRates(tx), cluster?.costCentre ?? COST_CENTRE_OF_NEW, now.getTime());
  if (rate === null) return null;
  const volumes = await tx.volume.findMany({ where: { clusterId: plan.clusterId, destroyedAt: null } });
  const had = volumes.map(({ sizeGiB }) => sizeGiB);
  const added = plan.steps.flatMap((step) => (step.kind === 'createVolume' ? [step.args.sizeGiB] : []));
  const none = new Decimal(0);
  const restBefore = plan.kind === 'create' ? none : costOfRest(had, rate);
  const restAfter = plan.kind === 'delete' ? none : costOfRest([...had, ...added], rate);
  const before = costOfVms([...plan.keeps, ...plan.removes], rate).add(restBefore);
  const after = costOfVms([...plan.keeps, ...plan.creates], rate).add(restAfter);
  return viewOf(before, after, rate.currency);
};

/**
 * The plan as it is shown, with what it changes in cost; without for those who may not see cost, and while there are no
 * rates. The cost is no part of what is hashed and executed.
 */
export const toPricedPlanView = async (tx: Transaction, context: UseCaseContext, plan: Plan): Promise<PlanView> => {
  const view = toPlanView(plan, planHashOf(plan));
  if (!roleCan(context.actor.role, 'usage.read')) return view;
  const cost = await pricePlan(tx, plan, context.clock());
  return cost === null ? view : { ...view, cost };
};
