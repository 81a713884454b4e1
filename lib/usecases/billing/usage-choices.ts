import { type Month, monthOf, nextMonth } from '@/lib/domain/usage/month';
import { authorise, type UseCaseContext } from '../context';

/** As many months as one chooses from. */
const MONTHS_MAX = 36;

export interface UsageChoices {
  /** In which something was used, newest first: "2026-11". */
  readonly months: readonly Month[];
  readonly costCentres: readonly string[];
}

/** What usage may be narrowed to. */
export const usageChoices = async (context: UseCaseContext): Promise<UsageChoices> => {
  authorise(context, 'usage.read');
  const { db } = context;
  const [first, centres] = await Promise.all([
    db.usageInterval.findFirst({ orderBy: { startedAt: 'asc' }, select: { startedAt: true } }),
    db.$queryRaw<readonly { readonly name: string }[]>`
      select distinct "costCentre" as name from "Cluster" union select distinct "costCentre" from "Statement" order by 1`,
  ]);
  const now = monthOf(context.clock().getTime());
  const months: Month[] = [];
  for (let month = monthOf((first?.startedAt ?? context.clock()).getTime()); month <= now; month = nextMonth(month)) {
    months.unshift(month);
  }
  return { months: months.slice(0, MONTHS_MAX), costCentres: centres.map(({ name }) => name) };
};
