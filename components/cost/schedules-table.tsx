import { Mail } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { ScheduleView } from '@/lib/domain/contract';
import type { CostAction } from './cost-actions';
import { RemoveButton } from './remove-button';

const nameOf = (schedule: ScheduleView): string => schedule.costCentre ?? 'all others';

interface SchedulesTableProps {
  readonly items: readonly ScheduleView[];
  /** Null for roles that may not. */
  readonly remove: CostAction | null;
}

/** To whom closed statements go by themselves. */
export const SchedulesTable = ({ items, remove }: SchedulesTableProps) =>
  items.length === 0 ? (
    <EmptyState icon={<Mail />} title="Nobody is sent statements">
      Closed statements can go by mail, with PDF and CSV, to the people of your choice on a day of each month.
    </EmptyState>
  ) : (
    <Table label="Sent by mail">
      <TableHead>
        <TableHeader>Cost centre</TableHeader>
        <TableHeader>To</TableHeader>
        <TableHeader numeric>Day of the month after</TableHeader>
        {remove !== null && (
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        )}
      </TableHead>
      <TableBody>
        {items.map((schedule) => (
          <TableRow key={schedule.id}>
            <TableCell>{nameOf(schedule)}</TableCell>
            <TableCell>{schedule.recipients.join(', ')}</TableCell>
            <TableCell numeric>{schedule.dayOfMonth}</TableCell>
            {remove !== null && (
              <TableCell className="text-right">
                <RemoveButton
                  id={schedule.id}
                  act={`Send statements of ${nameOf(schedule)} no longer`}
                  description="Statements are closed as before; they can be sent one by one."
                  confirmLabel="Send no longer"
                  remove={remove}
                />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
