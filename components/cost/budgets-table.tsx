import { PiggyBank } from 'lucide-react';
import { Status, type Tone } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
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

interface BudgetsTableProps {
  readonly items: readonly BudgetView[];
  /** Null for roles that may not. */
  readonly remove: CostAction | null;
}

export const BudgetsTable = ({ items, remove }: BudgetsTableProps) =>
  items.length === 0 ? (
    <EmptyState icon={<PiggyBank />} title="No budgets">
      A budget says what a cluster or cost centre may cost in a month, and warns before it does.
    </EmptyState>
  ) : (
    <Table label="Budgets">
      <TableHead>
        <TableHeader>Of</TableHeader>
        <TableHeader>State</TableHeader>
        <TableHeader numeric>Budget</TableHeader>
        <TableHeader numeric>This month</TableHeader>
        <TableHeader numeric>Expected</TableHeader>
        <TableHeader>Thresholds</TableHeader>
        {remove !== null && (
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        )}
      </TableHead>
      <TableBody>
        {items.map((budget) => (
          <TableRow key={budget.id}>
            <TableCell>
              {budget.label}
              <span className="block text-fg-3 text-xs">{budget.scope === 'cluster' ? 'cluster' : 'cost centre'}</span>
            </TableCell>
            <TableCell>
              <Status tone={STATE[budget.state].tone}>{STATE[budget.state].text}</Status>
              {budget.alerts.map(({ text, at }) => (
                <span key={text} className="block max-w-80 text-fg-3 text-xs">
                  <Time at={at} />: {text}
                </span>
              ))}
            </TableCell>
            <TableCell numeric>{formatMoney(budget.amount, budget.currency)}</TableCell>
            <TableCell numeric>{formatMoney(budget.thisMonth, budget.currency)}</TableCell>
            <TableCell numeric>{formatMoney(budget.forecast, budget.currency)}</TableCell>
            <TableCell>
              {budget.thresholds.map((percent) => `${percent} %`).join(', ')}
              {budget.passedPercent !== null && (
                <span className="block text-fg-3 text-xs">{budget.passedPercent} % passed</span>
              )}
              {budget.capsPolicies && <span className="block text-fg-3 text-xs">policies ask before it is passed</span>}
            </TableCell>
            {remove !== null && (
              <TableCell className="text-right">
                <RemoveButton
                  id={budget.id}
                  act={`Take the budget of ${budget.label} away`}
                  description="Nothing that it is for changes; it is only watched no longer."
                  confirmLabel="Take away"
                  remove={remove}
                />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
