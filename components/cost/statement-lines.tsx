import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { StatementView } from '@/lib/domain/contract';
import { formatMoney, formatMonth, formatQuantity } from './money-text';
import { METER_TEXT, TIER_TEXT } from './tier-text';

/** One click leads from a line to its intervals, a second one to operation, person, reason and rate. */
export const StatementLines = ({ statement }: { readonly statement: StatementView }) => (
  <Table label="Lines">
    <TableHead>
      <TableHeader numeric>No.</TableHeader>
      <TableHeader>Cluster</TableHeader>
      <TableHeader>What</TableHeader>
      <TableHeader numeric>Quantity</TableHeader>
      <TableHeader numeric>Price</TableHeader>
      <TableHeader numeric>Rate</TableHeader>
      <TableHeader numeric>Amount</TableHeader>
      <TableHeader numeric>Tax</TableHeader>
    </TableHead>
    <TableBody>
      {statement.lines.map((line) => (
        <TableRow key={line.n}>
          <TableCell numeric>
            <Link
              prefetch={false}
              href={`/cost/usage?statement=${encodeURIComponent(statement.id)}&line=${line.n}`}
              aria-label={`Line ${line.n}: its intervals`}
              className="rounded-sm px-1 text-accent-text hover:underline"
            >
              {line.n}
            </Link>
          </TableCell>
          <TableCell>{line.cluster.name}</TableCell>
          <TableCell>
            {METER_TEXT[line.meter]}, {TIER_TEXT[line.tier]}{' '}
            {line.correction && <Badge tone="warn">correction of {formatMonth(line.usageMonth)}</Badge>}
          </TableCell>
          <TableCell numeric>
            {formatQuantity(line.quantity)} {line.unit}
          </TableCell>
          <TableCell numeric>{line.unitPrice}</TableCell>
          <TableCell numeric>
            <Link
              prefetch={false}
              href={`/cost/rates#rate-${line.rateVersion}`}
              aria-label={`Rate, version ${line.rateVersion}`}
              className="rounded-sm px-1 text-accent-text hover:underline"
            >
              {line.rateVersion}
            </Link>
          </TableCell>
          <TableCell numeric>{formatMoney(line.amount, statement.currency)}</TableCell>
          <TableCell numeric>{formatMoney(line.tax, statement.currency)}</TableCell>
        </TableRow>
      ))}
      <TableRow>
        <TableCell />
        <TableCell className="font-medium text-fg">Total</TableCell>
        <TableCell colSpan={4}>{formatMoney(statement.total, statement.currency)} with tax</TableCell>
        <TableCell numeric className="font-medium text-fg">
          {formatMoney(statement.net, statement.currency)}
        </TableCell>
        <TableCell numeric className="font-medium text-fg">
          {formatMoney(statement.tax, statement.currency)}
        </TableCell>
      </TableRow>
    </TableBody>
  </Table>
);
