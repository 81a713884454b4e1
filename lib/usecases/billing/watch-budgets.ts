import type { BudgetView } from '@/lib/domain/contract';
import { alertKindsOf } from '@/lib/domain/pricing/forecast';
import { monthOf } from '@/lib/domain/usage/month';
import { authorise, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { record } from '../record';
import { loadBudgets, toBudgetView } from './budgets';
import { loadRates } from './rates';

const textOf = (kind: string, budget: BudgetView): string => {
  const of = `${budget.amount} ${budget.currency} that ${budget.label} may cost this month`;
  switch (kind) {
    case 'over':
      return `The ${of} are passed: ${budget.thisMonth} ${budget.currency} so far.`;
    case 'forecast':
      return `The ${of} will be passed if what runs now goes on: ${budget.forecast} ${budget.currency} are expected.`;
    default:
      return `${budget.passedPercent} % of the ${of} are used: ${budget.thisMonth} ${budget.currency} so far.`;
  }
};

/** Writes down which budgets came to a threshold, are expected to be passed, or were passed. Each is said once a month. */
export const watchBudgets = async (context: UseCaseContext): Promise<void> => {
  authorise(context, 'budgets.write');
  const { db } = context;
  const at = context.clock();
  const rows = await loadBudgets(db, at.getTime());
  if (rows.length === 0) return;
  const rates = await loadRates(db);
  const month = monthOf(at.getTime());
  for (const row of rows) {
    const view = await toBudgetView(db, row, rates, at.getTime());
    const said = new Set(row.alerts.filter(({ amount }) => amount.equals(row.amount)).map(({ kind }) => kind));
    for (const kind of alertKindsOf(view).filter((one) => !said.has(one))) {
      const text = textOf(kind, view);
      await record(context, async (tx) => {
        await tx.budgetAlert.create({
          data: { id: newId(), budgetId: row.id, month, kind, amount: row.amount, text, at },
        });
        return {
          value: null,
          audit: { action: 'budget.alert', subject: `budget/${row.id}`, reason: text, detail: { month, kind } },
        };
      });
    }
  }
};
