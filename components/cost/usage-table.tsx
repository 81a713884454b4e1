import { Receipt } from 'lucide-react';
import Link from 'next/link';
import { formatShape } from '@/components/states/shape-text';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { UsageView } from '@/lib/domain/contract';
import { formatMoney, formatSeconds } from './money-text';
import { TIER_TEXT } from './tier-text';

const shapeOf = (usage: UsageView): string => {
  if (usage.resource === 'vm') return formatShape(usage.shape);
  return usage.resource === 'volume' ? `${usage.shape.diskGiB} GiB` : '';
};

export const UsageTable = ({ items }: { readonly items: readonly UsageView[] }) =>
  items.length === 0 ? (
    <EmptyState icon={<Receipt />} title="Nothing was used">
      Every VM, data volume and virtual address is here from the moment it runs or is taken.
    </EmptyState>
  ) : (
    <Table label="Usage">
      <TableHead>
        <TableHeader>What</TableHeader>
        <TableHeader>Cluster</TableHeader>
        <TableHeader>Began</TableHeader>
        <TableHeader>Ended</TableHeader>
        <TableHeader numeric>Length</TableHeader>
        <TableHeader numeric>Cost</TableHeader>
        <TableHeader>Why</TableHeader>
      </TableHead>
      <TableBody>
        {items.map((usage) => (
          <TableRow key={usage.id}>
            <TableCell>
              <Link
                prefetch={false}
                href={`/cost/usage/${encodeURIComponent(usage.id)}`}
                className="rounded-sm text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
              >
                {usage.name}
              </Link>{' '}
              <Badge>{TIER_TEXT[usage.tier]}</Badge>
              <span className="block text-fg-3 text-xs">{shapeOf(usage)}</span>
            </TableCell>
            <TableCell>
              {usage.cluster.name}
              <span className="block text-fg-3 text-xs">{usage.costCentre}</span>
            </TableCell>
            <TableCell>
              <Time at={usage.startedAt} />
            </TableCell>
            <TableCell>{usage.endedAt === null ? 'goes on' : <Time at={usage.endedAt} />}</TableCell>
            <TableCell numeric>{formatSeconds(usage.seconds)}</TableCell>
            <TableCell numeric>{formatMoney(Number(usage.cost).toFixed(4), usage.currency)}</TableCell>
            <TableCell>
              {usage.reason}
              <span className="block text-fg-3 text-xs">{usage.actor}</span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
