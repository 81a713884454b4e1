import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { formatDuration } from '@/components/ui/time-text';
import type { ReceiptView } from '@/lib/domain/contract';
import { failureText } from '@/lib/domain/operation';
import { formatCount } from './stream-state';

/** Which requests failed, how, and who said so; nothing where none is known. */
export const FailedRequests = ({ receipt: { failed, failures } }: { readonly receipt: ReceiptView }) => {
  if (failures.length === 0) return null;
  const more = failed - failures.length;
  return (
    <details open className="min-w-0 text-xs">
      <summary className="cursor-pointer rounded-sm font-medium text-fg text-sm">Failed requests</summary>
      <Table label="Failed requests" className="mt-2 text-xs">
        <TableHead>
          <TableHeader>Sent</TableHeader>
          <TableHeader numeric>After</TableHeader>
          <TableHeader className="w-full">What happened</TableHeader>
          <TableHeader>Node</TableHeader>
        </TableHead>
        <TableBody>
          {failures.map((failure) => (
            <TableRow key={failure.at}>
              <TableCell className="h-7">
                <Time at={failure.at} format="clock" />
              </TableCell>
              <TableCell className="h-7" numeric>
                {formatDuration(failure.afterMs)}
              </TableCell>
              <TableCell className="wrap-anywhere h-7">{failureText(failure)}</TableCell>
              <TableCell className="h-7 whitespace-nowrap">
                {failure.node ?? <span className="text-fg-3">–</span>}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {more > 0 && <p className="mt-2 px-4 text-fg-3">and {formatCount(more)} more</p>}
    </details>
  );
};
