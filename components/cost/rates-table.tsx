import { Badge } from '@/components/ui/badge';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { RateView } from '@/lib/domain/contract';

export const RatesTable = ({ items }: { readonly items: readonly RateView[] }) => (
  <Table label="Rates">
    <TableHead>
      <TableHeader numeric>Version</TableHeader>
      <TableHeader>For</TableHeader>
      <TableHeader>From</TableHeader>
      <TableHeader numeric>vCPU</TableHeader>
      <TableHeader numeric>Memory, GiB</TableHeader>
      <TableHeader numeric>Disk, GiB</TableHeader>
      <TableHeader numeric>Volume, GiB</TableHeader>
      <TableHeader numeric>Address</TableHeader>
      <TableHeader numeric>Spares</TableHeader>
      <TableHeader numeric>At least</TableHeader>
      <TableHeader numeric>Tax</TableHeader>
      <TableHeader>Why</TableHeader>
    </TableHead>
    <TableBody>
      {items.map((rate) => (
        <TableRow key={rate.version} id={`rate-${rate.version}`} className="scroll-mt-24 target:bg-subtle">
          <TableCell numeric>{rate.version}</TableCell>
          <TableCell>
            {rate.costCentre ?? 'all others'} {rate.inForce && <Badge tone="ok">in force</Badge>}
          </TableCell>
          <TableCell className="whitespace-nowrap">{rate.effectiveFrom}</TableCell>
          <TableCell numeric>{rate.vcpuHour}</TableCell>
          <TableCell numeric>{rate.memoryGiBHour}</TableCell>
          <TableCell numeric>{rate.diskGiBHour}</TableCell>
          <TableCell numeric>{rate.volumeGiBHour}</TableCell>
          <TableCell numeric>{rate.vipHour}</TableCell>
          <TableCell numeric>−{rate.spareDiscountPercent} %</TableCell>
          <TableCell numeric>{rate.minimumSeconds} s</TableCell>
          <TableCell numeric>{rate.taxPercent} %</TableCell>
          <TableCell>
            {rate.reason}
            <span className="block text-fg-3 text-xs">{rate.author}</span>
          </TableCell>
        </TableRow>
      ))}
    </TableBody>
  </Table>
);
