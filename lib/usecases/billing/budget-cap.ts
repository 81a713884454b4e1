import { forecast } from '@/lib/domain/pricing/forecast';
import { Decimal, hourlyCostOf, money } from '@/lib/domain/pricing/price';
import { findRate, type Rate } from '@/lib/domain/pricing/rate';
import type { Shape } from '@/lib/domain/shape';
import { monthOf } from '@/lib/domain/usage/month';
import type { Database } from '../context';
import { loadMonthCost, loadPerHour } from './costs';
import { loadRates } from './rates';

interface Nodes {
  readonly nodes: number;
  readonly shape: Shape;
}

const perHourOf = ({ nodes, shape }: Nodes, rate: Rate): Decimal => hourlyCostOf('service', shape, rate).mul(nodes);

/**
 * Why a change of a cluster's size wants a person: the first budget with a cap, of the cluster or of its cost centre,
 * above which the month would end with it. Null for a change that costs no more than what there is, without such a budget,
 * and while there are no rates.
 */
export const findBudgetCap = async (
  db: Database,
  clusterId: string,
  before: Nodes,
  after: Nodes,
  now: Date,
): Promise<string | null> => {
  const cluster = await db.cluster.findUniqueOrThrow({
    where: { id: clusterId },
    select: { name: true, costCentre: true },
  });
  const { costCentre } = cluster;
  const budgets = await db.budget.findMany({
    where: {
      capsPolicies: true,
      OR: [
        { scope: 'cluster', target: clusterId },
        { scope: 'costCentre', target: costCentre },
      ],
    },
    orderBy: { id: 'asc' },
  });
  if (budgets.length === 0) return null;
  const nowMs = now.getTime();
  const rates = await loadRates(db);
  const rate = findRate(rates, costCentre, nowMs);
  if (rate === null) return null;
  const added = perHourOf(after, rate).sub(perHourOf(before, rate));
  if (added.lte(0)) return null;
  const month = monthOf(nowMs);
  for (const { scope, target, amount } of budgets) {
    const only = scope === 'cluster' ? { clusterId: target } : { costCentre: target };
    const [soFar, perHour] = await Promise.all([
      loadMonthCost(db, rates, month, only),
      loadPerHour(db, rates, nowMs, only),
    ]);
    const expected = forecast(month, nowMs, soFar, perHour.add(added));
    const allowed = new Decimal(amount.toString());
    if (expected.lte(allowed)) continue;
    const of = scope === 'cluster' ? cluster.name : `cost centre ${target}`;
    const { currency } = rate;
    return `the month of ${of} would end at ${money(expected)} ${currency}, above its budget of ${money(allowed)} ${currency}`;
  }
  return null;
};
