'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { CostAction } from './cost-actions';

interface RemoveButtonProps {
  readonly id: string;
  /** The act as a sentence without its end: "Take the budget of shop away". */
  readonly act: string;
  readonly description: string;
  readonly confirmLabel: string;
  readonly remove: CostAction;
}

/** Removes what a row of a table says, after asking. */
export const RemoveButton = ({ id, act, description, confirmLabel, remove }: RemoveButtonProps) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" size="iconSm" aria-label={act} onClick={() => setOpen(true)}>
        <Trash2 aria-hidden />
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`${act}?`}
        description={description}
        confirmLabel={confirmLabel}
        danger
        onConfirm={async () => {
          const answer = await remove(id);
          if (!answer.ok) toast.error(answer.error.message);
          else router.refresh();
          return answer.ok;
        }}
      />
    </>
  );
};
