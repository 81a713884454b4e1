'use client';

import { Mail, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { toast } from '@/components/ui/toast';
import type { ScheduleView } from '@/lib/domain/contract';
import type { CostAction } from './cost-actions';

const nameOf = (schedule: ScheduleView): string => schedule.costCentre ?? 'all others';

interface SchedulesTableProps {
  readonly items: readonly ScheduleView[];
  /** Null for roles that may not. */
  readonly remove: CostAction | null;
}

const RemoveButton = ({ schedule, remove }: { readonly schedule: ScheduleView; readonly remove: CostAction }) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="iconSm"
        aria-label={`Send statements of ${nameOf(schedule)} no longer`}
        onClick={() => setOpen(true)}
      >
        <Trash2 aria-hidden />
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Send statements of ${nameOf(schedule)} no longer?`}
        description="Statements are closed as before; they can be sent one by one."
        confirmLabel="Send no longer"
        danger
        onConfirm={async () => {
          const answer = await remove(schedule.id);
          if (!answer.ok) toast.error(answer.error.message);
          else router.refresh();
          return answer.ok;
        }}
      />
    </>
  );
};

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
                <RemoveButton schedule={schedule} remove={remove} />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
