import { Stat } from '@/components/ui/description-list';
import { Panel } from '@/components/ui/panel';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { PolicyCostView } from '@/lib/domain/contract';
import { formatMoney, formatMonth } from './money-text';

/** "12.30 EUR more", "3.00 EUR saved" */
const effectText = (difference: string, currency: string): string => {
  if (Number(difference) === 0) return 'no difference';
  return difference.startsWith('-')
    ? `${formatMoney(difference.slice(1), currency)} saved`
    : `${formatMoney(difference, currency)} more`;
};

/** What a policy did cost or save, month by month. */
export const PolicyCostPanel = ({ cost }: { readonly cost: PolicyCostView }) => (
  <Panel
    title="Cost"
    description="Beside the size that people last asked for, by the rates of each day, without tax"
    flush={cost.months.length > 0}
  >
    {cost.months.length === 0 ? (
      <p className="text-fg-2 text-sm">
        This policy has not changed a size yet: it did cost nothing and saved nothing.
      </p>
    ) : (
      <>
        <div className="p-4">
          <Stat label="Now, per hour" value={effectText(cost.perHourNow, cost.currency)} />
        </div>
        <Table label="Cost of the policy">
          <TableHead>
            <TableHeader>Month</TableHeader>
            <TableHeader numeric>Changes</TableHeader>
            <TableHeader numeric>Cost or saved</TableHeader>
            <TableHeader numeric>Old and new together</TableHeader>
          </TableHead>
          <TableBody>
            {cost.months.map(({ month, changes, difference, overlap }) => (
              <TableRow key={month}>
                <TableCell>{formatMonth(month)}</TableCell>
                <TableCell numeric>{changes}</TableCell>
                <TableCell numeric>{effectText(difference, cost.currency)}</TableCell>
                <TableCell numeric>{formatMoney(overlap, cost.currency)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </>
    )}
  </Panel>
);
