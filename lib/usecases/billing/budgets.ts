import type { Prisma } from '@/lib/db/generated/client';
import type { BudgetView, CreateBudgetInput, Page, PageQuery } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { forecast, judgeBudget } from '@/lib/domain/pricing/forecast';
import { Decimal, money } from '@/lib/domain/pricing/price';
import type { Rate } from '@/lib/domain/pricing/rate';
import { type Month, monthOf } from '@/lib/domain/usage/month';
import { findClusterRow } from '../clusters/get-cluster';
import { authorise, type Database, describeActor, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { decodeCursor, encodeCursor, toPage } from '../paging';
import { record } from '../record';
import { loadMonthCost, loadPerHour } from './costs';
import { currencyOf, loadRates } from './rates';

const includeOf = (month: Month) =>
  ({ alerts: { where: { month }, orderBy: { at: 'desc' } } }) as const satisfies Prisma.BudgetInclude;
export type BudgetRow = Prisma.BudgetGetPayload<{ include: ReturnType<typeof includeOf> }>;

/** All budgets with what was said of them this month. */
export const loadBudgets = (db: Database, nowMs: number): Promise<readonly BudgetRow[]> =>
  db.budget.findMany({ include: includeOf(monthOf(nowMs)), orderBy: { id: 'asc' } });

export const toBudgetView = async (
  db: Database,
  row: BudgetRow,
  rates: readonly Rate[],
  nowMs: number,
): Promise<BudgetView> => {
  const isCluster = row.scope === 'cluster';
  const only = isCluster ? { clusterId: row.target } : { costCentre: row.target };
  const month = monthOf(nowMs);
  const [soFar, perHour, cluster] = await Promise.all([
    loadMonthCost(db, rates, month, only),
    loadPerHour(db, rates, nowMs, only),
    isCluster ? db.cluster.findUnique({ where: { id: row.target }, select: { name: true } }) : null,
  ]);
  const amount = new Decimal(row.amount.toString());
  const expected = forecast(month, nowMs, soFar, perHour);
  return {
    id: row.id,
    scope: isCluster ? 'cluster' : 'costCentre',
    target: row.target,
    label: cluster?.name ?? row.target,
    amount: money(amount),
    currency: currencyOf(rates),
    thresholds: row.thresholds,
    thisMonth: money(soFar),
    forecast: money(expected),
    ...judgeBudget({ amount, thresholds: row.thresholds }, soFar, expected),
    capsPolicies: row.capsPolicies,
    alerts: row.alerts.map(({ text, at }) => ({ text, at: at.toISOString() })),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
  };
};

/** By id; each with what this month cost so far and is expected to come to. */
export const listBudgets = async (context: UseCaseContext, query: PageQuery): Promise<Page<BudgetView>> => {
  authorise(context, 'usage.read');
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)[0];
  const rows = await context.db.budget.findMany({
    ...(after === undefined ? {} : { where: { id: { gt: after } } }),
    include: includeOf(monthOf(context.clock().getTime())),
    orderBy: { id: 'asc' },
    take: query.limit + 1,
  });
  const rates = await loadRates(context.db);
  const views = await Promise.all(rows.map((row) => toBudgetView(context.db, row, rates, context.clock().getTime())));
  return toPage(
    views,
    query.limit,
    (view) => view,
    (view) => encodeCursor(view.id),
  );
};

/** One per cluster or cost centre: a new amount takes the place of the old one. Throws `not_found` for an unknown cluster. */
export const setBudget = async (context: UseCaseContext, input: CreateBudgetInput): Promise<BudgetView> => {
  authorise(context, 'budgets.write');
  const row = await record(context, async (tx) => {
    const cluster = input.scope === 'cluster' ? await findClusterRow(tx, input.target) : null;
    if (input.scope === 'cluster' && cluster === null) {
      const message = `There is no cluster ${JSON.stringify(input.target)}.`;
      throw new HeadroomError('not_found', message, { details: { fields: [{ field: 'target', message }] } });
    }
    const target = cluster?.id ?? input.target;
    const data = {
      amount: input.amount,
      thresholds: [...new Set(input.thresholds)].sort((a, b) => a - b),
      capsPolicies: input.capsPolicies,
      createdBy: describeActor(context.actor),
      createdAt: context.clock(),
    };
    const value = await tx.budget.upsert({
      where: { scope_target: { scope: input.scope, target } },
      create: { id: newId(), scope: input.scope, target, ...data },
      update: data,
      include: includeOf(monthOf(context.clock().getTime())),
    });
    return {
      value,
      audit: {
        action: 'budget.set',
        subject: `budget/${value.id}`,
        detail: {
          scope: input.scope,
          target,
          amount: input.amount,
          thresholds: data.thresholds,
          capsPolicies: data.capsPolicies,
        },
      },
    };
  });
  return toBudgetView(context.db, row, await loadRates(context.db), context.clock().getTime());
};

/** Throws `not_found`. */
export const removeBudget = async (context: UseCaseContext, id: string): Promise<{ readonly id: string }> => {
  authorise(context, 'budgets.write');
  return record(context, async (tx) => {
    const row = await tx.budget.findUnique({ where: { id } });
    if (row === null) throw new HeadroomError('not_found', 'There is no such budget.');
    await tx.budget.delete({ where: { id } });
    return {
      value: { id },
      audit: { action: 'budget.remove', subject: `budget/${id}`, detail: { scope: row.scope, target: row.target } },
    };
  });
};
