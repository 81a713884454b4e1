import { watchBudgets } from '@/lib/usecases/billing/watch-budgets';
import { asSystem, type OrchestratorContext } from '../context';
import type { Task } from '../task';

const PERIOD_MS = 60_000;

/** Compares what this month cost, and is expected to come to, with what it may. */
export const budgetWatcher = (context: OrchestratorContext): Task => ({
  name: 'budget-watcher',
  periodMs: PERIOD_MS,
  deadlineMs: 60_000,
  run: () => watchBudgets(asSystem(context, 'budget-watcher')),
});
