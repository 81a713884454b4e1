import { FileText } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { StatementSummary } from '@/lib/domain/contract';
import { formatMoney, formatMonth } from './money-text';
import { StatementStatus } from './statement-status';

export const StatementsTable = ({ items }: { readonly items: readonly StatementSummary[] }) =>
  items.length === 0 ? (
    <EmptyState icon={<FileText />} title="No statements yet">
      The first draft is here as soon as something has run.
    </EmptyState>
  ) : (
    <Table label="Statements">
      <TableHead>
        <TableHeader>Month</TableHeader>
        <TableHeader>Cost centre</TableHeader>
        <TableHeader>State</TableHeader>
        <TableHeader numeric>Net</TableHeader>
        <TableHeader numeric>Tax</TableHeader>
        <TableHeader numeric>Total</TableHeader>
        <TableHeader>Closed</TableHeader>
      </TableHead>
      <TableBody>
        {items.map((statement) => (
          <TableRow key={statement.id}>
            <TableCell>
              <Link
                prefetch={false}
                href={`/cost/statements/${encodeURIComponent(statement.id)}`}
                className="rounded-sm text-accent-text hover:underline"
              >
                {formatMonth(statement.month)}
                <span className="sr-only">, {statement.costCentre}</span>
              </Link>
            </TableCell>
            <TableCell>{statement.costCentre}</TableCell>
            <TableCell>
              <StatementStatus state={statement.state} />
            </TableCell>
            <TableCell numeric>{formatMoney(statement.net, statement.currency)}</TableCell>
            <TableCell numeric>{formatMoney(statement.tax, statement.currency)}</TableCell>
            <TableCell numeric className="text-fg">
              {formatMoney(statement.total, statement.currency)}
            </TableCell>
            <TableCell>{statement.closedAt === null ? '–' : <Time at={statement.closedAt} />}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
