import type { PolicyCostView } from '@/lib/domain/contract';
import { chargesOf, totalCost } from '@/lib/domain/pricing/charge';
import { type AskedSize, effectPerHour, policyEffect } from '@/lib/domain/pricing/policy-effect';
import { Decimal, money, plain } from '@/lib/domain/pricing/price';
import { findRate, type Rate } from '@/lib/domain/pricing/rate';
import { type Month, monthOf } from '@/lib/domain/usage/month';
import { toRequirements } from '../clusters/view';
import { authorise, type Database, describeActor, policyActor, type UseCaseContext } from '../context';
import { getPolicyRow } from '../policies/policies';
import type { PolicyRow } from '../policies/view';
import { currencyOf, loadRates } from './rates';
import { toChargeable } from './usage';

const PLACES = 6;

/** Sizes that were asked for, since before the policy was made. */
const loadSizes = async (db: Database, policy: PolicyRow): Promise<readonly AskedSize[]> => {
  const author = describeActor(policyActor(policy));
  const rows = await db.requirementsRevision.findMany({
    where: { clusterId: policy.clusterId },
    orderBy: { generation: 'asc' },
  });
  return rows.map((row) => ({
    atMs: row.createdAt.getTime(),
    // An earlier policy may have had its name.
    byPolicy: row.author === author && row.createdAt >= policy.createdAt,
    ...toRequirements(row),
  }));
};

/** What old and new VMs that ran together in its changes did cost, by month, as the ledger has it. */
const loadOverlaps = async (
  db: Database,
  policy: PolicyRow,
  rates: readonly Rate[],
): Promise<ReadonlyMap<Month, Decimal>> => {
  const operations = await db.operation.findMany({
    where: {
      clusterId: policy.clusterId,
      requestedBy: describeActor(policyActor(policy)),
      createdAt: { gte: policy.createdAt },
    },
    select: { id: true },
  });
  const where = { clusterId: policy.clusterId, tier: 'overlap', operationId: { in: operations.map(({ id }) => id) } };
  const [closed, open] = await Promise.all([db.usageInterval.findMany({ where }), db.usageOpen.findMany({ where })]);
  const months = new Map<Month, Decimal>();
  for (const row of [...closed, ...open]) {
    const month = monthOf(row.startedAt.getTime());
    const cost = totalCost(chargesOf(toChargeable(row), rates));
    months.set(month, (months.get(month) ?? new Decimal(0)).add(cost));
  }
  return months;
};

/**
 * What a policy did cost or save, beside the size that people last asked for. Newest month first. Throws `not_found`, and
 * `wrong_state` while there are no rates.
 */
export const getPolicyCost = async (context: UseCaseContext, idOrName: string): Promise<PolicyCostView> => {
  authorise(context, 'usage.read');
  const { db } = context;
  const policy = await getPolicyRow(db, idOrName);
  const rates = await loadRates(db);
  const currency = currencyOf(rates);
  const { costCentre, deletedAt } = await db.cluster.findUniqueOrThrow({ where: { id: policy.clusterId } });
  const nowMs = context.clock().getTime();
  const sizes = await loadSizes(db, policy);
  const overlaps = await loadOverlaps(db, policy, rates);
  const effects = policyEffect(sizes, rates, costCentre, deletedAt?.getTime() ?? nowMs);
  const rate = findRate(rates, costCentre, nowMs);
  const zero = new Decimal(0);
  const byMonth = new Map(effects.map((effect) => [effect.month, effect]));
  const months = [...new Set([...byMonth.keys(), ...overlaps.keys()])].sort().reverse();
  return {
    currency,
    perHourNow: plain(rate === null || deletedAt !== null ? zero : effectPerHour(sizes, rate), PLACES),
    months: months.map((month) => ({
      month,
      changes: byMonth.get(month)?.changes ?? 0,
      difference: money(byMonth.get(month)?.difference ?? zero),
      overlap: money(overlaps.get(month) ?? zero),
    })),
  };
};
