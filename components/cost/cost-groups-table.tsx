import Link from 'next/link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { CostsView } from '@/lib/domain/contract';
import { formatChange, formatMoney, formatMonth } from './money-text';

/** Intervals that a group is made of; null where usage cannot be asked for by it. */
const usageHref = (view: CostsView, key: string): string | null => {
  const of = { cluster: 'cluster', costCentre: 'costCentre', tier: 'tier', site: null, reason: null }[view.groupBy];
  return of === null ? null : `/cost/usage?month=${view.month}&${of}=${encodeURIComponent(key)}`;
};

export const CostGroupsTable = ({ view }: { readonly view: CostsView }) => (
  <Table label={`Cost in ${formatMonth(view.month)} by group`}>
    <TableHead>
      <TableHeader>Group</TableHeader>
      <TableHeader numeric>{formatMonth(view.month)}</TableHeader>
      <TableHeader numeric>{formatMonth(view.previousMonth)}</TableHeader>
      <TableHeader numeric>Change</TableHeader>
    </TableHead>
    <TableBody>
      {view.groups.map((group) => {
        const href = usageHref(view, group.key);
        return (
          <TableRow key={group.key}>
            <TableCell>
              {href === null ? (
                group.label
              ) : (
                <Link prefetch={false} href={href} className="rounded-sm text-accent-text hover:underline">
                  {group.label}
                </Link>
              )}
            </TableCell>
            <TableCell numeric>{formatMoney(group.total, view.currency)}</TableCell>
            <TableCell numeric>{formatMoney(group.previous, view.currency)}</TableCell>
            <TableCell numeric>{formatChange(group.total, group.previous)}</TableCell>
          </TableRow>
        );
      })}
      <TableRow>
        <TableCell className="font-medium">Total</TableCell>
        <TableCell numeric className="font-medium text-fg">
          {formatMoney(view.total, view.currency)}
        </TableCell>
        <TableCell numeric>{formatMoney(view.previousTotal, view.currency)}</TableCell>
        <TableCell numeric>{formatChange(view.total, view.previousTotal)}</TableCell>
      </TableRow>
    </TableBody>
  </Table>
);
