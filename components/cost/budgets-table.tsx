'use client';

import { PiggyBank } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import type { ListColumn, ListFilter } from '@/components/lists/list-rows';
import type { ListSpec } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { useListState } from '@/components/lists/use-list-state';
import { useLocalSource } from '@/components/lists/use-source';
import { Status, type Tone } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { BudgetView } from '@/lib/domain/contract';
import type { CostAction } from './cost-actions';
import { formatMoney } from './money-text';
import { RemoveButton } from './remove-button';

const STATE: Readonly<Record<BudgetView['state'], { readonly tone: Tone; readonly text: string }>> = {
  within: { tone: 'ok', text: 'within' },
  near: { tone: 'warn', text: 'near' },
  forecast: { tone: 'warn', text: 'will be passed' },
  over: { tone: 'bad', text: 'passed' },
};

const SCOPE: Readonly<Record<BudgetView['scope'], string>> = { cluster: 'cluster', costCentre: 'cost centre' };

/** From well to ill. */
const STATES = Object.keys(STATE);
const SCOPES = Object.keys(SCOPE);

type Amount = 'amount' | 'thisMonth' | 'forecast';

const amount = (id: Amount, header: string): ListColumn<BudgetView> => ({
  id,
  header,
  numeric: true,
  className: 'whitespace-nowrap',
  text: (budget) => budget[id],
  sortBy: (budget) => Number(budget[id]),
  cell: (budget) => formatMoney(budget[id], budget.currency),
});

interface RemoveBudgetProps {
  readonly budget: BudgetView;
  readonly remove: CostAction;
}

const RemoveBudget = ({ budget: { id, label }, remove }: RemoveBudgetProps) => (
  <RemoveButton
    id={id}
    act={`Take the budget of ${label} away`}
    description="Nothing that it is for changes; it is only watched no longer."
    confirmLabel="Take away"
    remove={remove}
  />
);

const columnsWith = (remove: CostAction | null): readonly ListColumn<BudgetView>[] => [
  {
    id: 'of',
    header: 'Of',
    text: ({ label }) => label,
    cell: ({ label, scope }) => (
      <>
        <span className="font-medium">{label}</span>
        <span className="block text-fg-3 text-xs">{SCOPE[scope]}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    text: ({ state }) => STATE[state].text,
    sortBy: ({ state }) => STATES.indexOf(state),
    cell: ({ state, alerts }) => (
      <>
        <Status tone={STATE[state].tone}>{STATE[state].text}</Status>
        {alerts.map(({ text, at }) => (
          <span key={text} className="block max-w-80 text-fg-3 text-xs">
            <Time at={at} />: {text}
          </span>
        ))}
      </>
    ),
  },
  amount('amount', 'Budget'),
  amount('thisMonth', 'This month'),
  amount('forecast', 'Expected'),
  {
    id: 'thresholds',
    header: 'Thresholds',
    text: ({ thresholds }) => thresholds.map((percent) => `${percent} %`).join(', '),
    cell: ({ thresholds, passedPercent, capsPolicies }) => (
      <>
        {thresholds.map((percent) => `${percent} %`).join(', ')}
        {passedPercent !== null && <span className="block text-fg-3 text-xs">{passedPercent} % passed</span>}
        {capsPolicies && <span className="block text-fg-3 text-xs">policies ask before it is passed</span>}
      </>
    ),
  },
  {
    id: 'by',
    header: 'Set by',
    isExtra: true,
    text: ({ createdBy }) => createdBy,
  },
  ...(remove === null
    ? []
    : [
        {
          id: 'acts',
          header: 'Actions',
          hideHeader: true,
          className: 'w-12 text-right',
          cell: (budget: BudgetView) => <RemoveBudget budget={budget} remove={remove} />,
        },
      ]),
];

const BUDGETS_LIST: ListSpec = {
  path: '/cost/budgets',
  sort: 'of',
  sorts: ['of', 'state', 'amount', 'thisMonth', 'forecast'],
  filters: { scope: SCOPES, state: STATES },
};

const FILTERS: readonly ListFilter<BudgetView>[] = [
  {
    name: 'scope',
    label: 'Scope',
    options: Object.entries(SCOPE).map(([value, label]) => ({ value, label })),
    of: ({ scope }) => scope,
  },
  {
    name: 'state',
    label: 'State',
    options: Object.entries(STATE).map(([value, { text }]) => ({ value, label: text })),
    of: ({ state }) => state,
  },
];

interface BudgetsTableProps {
  readonly items: readonly BudgetView[];
  /** Null for roles that may not. */
  readonly remove: CostAction | null;
}

export const BudgetsTable = ({ items, remove }: BudgetsTableProps) => {
  const router = useRouter();
  const columns = useMemo(() => columnsWith(remove), [remove]);
  const list = useListState(BUDGETS_LIST);
  const source = useLocalSource(list, { rows: items, columns, filters: FILTERS, error: null, retry: router.refresh });
  return (
    <ListTable
      label="Budgets"
      list={list}
      source={source}
      columns={columns}
      filters={FILTERS}
      rowId={({ id }) => id}
      rowName={({ label }) => `budget of ${label}`}
      searchIn="name"
      phoneRow={(budget) => (
        <PhoneRow
          key={budget.id}
          title={<span className="font-medium">{budget.label}</span>}
          end={<Status tone={STATE[budget.state].tone}>{STATE[budget.state].text}</Status>}
        >
          <span className="block text-fg-2 tabular-nums">
            {formatMoney(budget.thisMonth, budget.currency)} of {formatMoney(budget.amount, budget.currency)}, expected{' '}
            {formatMoney(budget.forecast, budget.currency)}
          </span>
          <span className="flex items-center justify-between gap-2">
            {SCOPE[budget.scope]}
            {budget.capsPolicies && ', policies ask before it is passed'}
            {remove !== null && <RemoveBudget budget={budget} remove={remove} />}
          </span>
        </PhoneRow>
      )}
      empty={
        <EmptyState icon={<PiggyBank />} title="No budgets">
          A budget says what a cluster or cost centre may cost in a month, and warns before it does.
        </EmptyState>
      }
    />
  );
};
