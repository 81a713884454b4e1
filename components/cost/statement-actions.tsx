'use client';

import { Download, FileDown, Lock, Mail, Printer } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { StatementView } from '@/lib/domain/contract';
import type { CostAction, CostActionOf } from './cost-actions';
import { formatMonth } from './money-text';
import { TextFormSheet } from './text-form-sheet';

interface StatementActionsProps {
  readonly statement: StatementView;
  /** Null for roles that may not. */
  readonly acts: { readonly close: CostAction; readonly markSent: CostActionOf } | null;
  /** Whether its month has ended. */
  readonly isOver: boolean;
}

const CloseButton = ({ statement, close }: { readonly statement: StatementView; readonly close: CostAction }) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const month = formatMonth(statement.month);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Lock aria-hidden /> Close {month}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Close ${month}?`}
        description="The statements of all cost centres are closed and never change again. What becomes known later is a correction in the next month."
        confirmLabel="Close the month"
        onConfirm={async () => {
          const answer = await close({ month: statement.month });
          if (!answer.ok) toast.error(answer.error.message);
          else router.refresh();
          return answer.ok;
        }}
      />
    </>
  );
};

export const StatementActions = ({ statement, acts, isOver }: StatementActionsProps) => (
  <div className="flex flex-wrap gap-2 print:hidden">
    <Button onClick={() => window.print()}>
      <Printer aria-hidden /> Print
    </Button>
    <Button asChild>
      <a href={`/api/v1/statements/${encodeURIComponent(statement.id)}/pdf`} download>
        <FileDown aria-hidden /> PDF
      </a>
    </Button>
    <Button asChild>
      <a href={`/api/v1/statements/${encodeURIComponent(statement.id)}/csv`} download>
        <Download aria-hidden /> CSV
      </a>
    </Button>
    {acts !== null && statement.state === 'draft' && isOver && <CloseButton statement={statement} close={acts.close} />}
    {acts !== null && statement.state !== 'draft' && (
      <TextFormSheet
        title="Mark as sent"
        description="Writes down to whom this statement was sent. Headroom does not send it."
        submitLabel="Mark as sent"
        done="Written down"
        trigger={
          <Button variant="primary">
            <Mail aria-hidden /> Mark as sent
          </Button>
        }
        fields={[{ name: 'recipients', label: 'Sent to', hint: 'E-mail addresses, separated by commas.' }]}
        submit={({ recipients = '' }) =>
          acts.markSent(statement.id, { recipients: recipients.split(/[\s,;]+/).filter((text) => text !== '') })
        }
      />
    )}
  </div>
);
