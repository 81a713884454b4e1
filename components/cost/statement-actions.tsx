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
import { wordsOf } from './words-of';

interface StatementActionsProps {
  readonly statement: StatementView;
  /** Null for roles that may not. */
  readonly acts: { readonly close: CostAction; readonly send: CostActionOf } | null;
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
        title="Send by mail"
        description="With the statement as PDF and CSV. Whom it reached is written down here."
        submitLabel="Send"
        done="It is on its way"
        trigger={
          <Button variant="primary">
            <Mail aria-hidden /> Send
          </Button>
        }
        fields={[{ name: 'recipients', label: 'To', hint: 'E-mail addresses, separated by commas.' }]}
        submit={({ recipients = '' }) => acts.send(statement.id, { recipients: wordsOf(recipients) })}
      />
    )}
  </div>
);
