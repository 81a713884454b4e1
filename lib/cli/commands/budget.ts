import type { Command } from 'commander';
import type { BudgetView } from '@/lib/domain/contract';
import { listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';

export const list = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const items = await listAll<BudgetView>(client, '/budgets');
  await print(output, items, async () => {
    await printTable(
      ['OF', 'BUDGET', 'THIS MONTH', 'EXPECTED', '', 'STATE', 'CAP', 'ID'],
      items.map((b) => [
        b.scope === 'cluster' ? b.label : `cost centre ${b.label}`,
        b.amount,
        b.thisMonth,
        b.forecast,
        b.currency,
        b.state,
        b.capsPolicies ? 'policies ask' : '',
        b.id,
      ]),
    );
    for (const { text } of items.flatMap(({ alerts }) => alerts)) printLine(text);
  });
};

export interface BudgetOptions {
  readonly cluster?: string;
  readonly costCentre?: string;
  readonly amount: string;
  readonly at?: readonly string[];
  readonly cap?: boolean;
}

export const set = async (options: BudgetOptions, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const { cluster, costCentre, amount, at, cap: capsPolicies = false } = options;
  const thresholds = at?.map(Number);
  const budget = await client.request<BudgetView>('POST', '/budgets', {
    body: {
      scope: cluster === undefined ? 'costCentre' : 'cluster',
      target: cluster ?? costCentre ?? '',
      amount,
      capsPolicies,
      ...(thresholds === undefined ? {} : { thresholds }),
    },
  });
  await print(output, budget, () => printLine(`${budget.label}: ${budget.amount} ${budget.currency} per month`));
};

export const remove = async (id: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const answer = await client.request<{ id: string }>('DELETE', `/budgets/${encodeURIComponent(id)}`);
  await print(output, answer, () => printLine('The budget is taken away'));
};
