import type { TodayView } from '@/lib/domain/contract';
import { isHeadroomError } from '@/lib/domain/errors';
import { money, plain } from '@/lib/domain/pricing/price';
import { dayOf, dayStartMs } from '@/lib/domain/pricing/rate';
import { roleCan } from '@/lib/domain/role';
import { loadDayCost, loadPerHour } from '../billing/costs';
import { currencyOf, loadRates } from '../billing/rates';
import { authorise, type UseCaseContext } from '../context';

const PLACES = 6;

/** Null for roles that do not see money, and before there are rates. */
const costToday = async (context: UseCaseContext): Promise<TodayView['cost']> => {
  if (!roleCan(context.actor.role, 'usage.read')) return null;
  const { db } = context;
  const nowMs = context.clock().getTime();
  try {
    const rates = await loadRates(db);
    const [today, perHour] = await Promise.all([loadDayCost(db, rates, nowMs), loadPerHour(db, rates, nowMs)]);
    return { currency: currencyOf(rates), today: money(today), perHourNow: plain(perHour, PLACES) };
  } catch (error) {
    if (isHeadroomError(error) && error.code === 'wrong_state') return null;
    throw error;
  }
};

/** What all clusters served today (UTC) and what that cost. */
export const getToday = async (context: UseCaseContext): Promise<TodayView> => {
  authorise(context, 'cluster.read');
  const since = new Date(dayStartMs(dayOf(context.clock().getTime())));
  const [served, cost] = await Promise.all([
    context.db.requestDay.findUnique({ where: { day: since } }),
    costToday(context),
  ]);
  return {
    since: since.toISOString(),
    requests: served === null ? null : Math.round(served.requests),
    errors: served === null ? null : Math.round(served.errors),
    cost,
  };
};
