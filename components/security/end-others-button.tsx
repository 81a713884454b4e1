'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';
import type { SessionsEnded } from '@/lib/domain/contract';

export const sessionsEndedText = (ended: number): string =>
  ended === 1 ? 'one other session ended' : `${ended} other sessions ended`;

/** Signs the viewer out everywhere but here. */
export const EndOthersButton = ({ end }: { readonly end: () => Promise<ActionResult<SessionsEnded>> }) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const confirm = async (): Promise<boolean> => {
    const answer = await end();
    if (answer.ok) toast.success(`Done: ${sessionsEndedText(answer.value.ended)}`);
    else toast.error(answer.error.message);
    router.refresh();
    return answer.ok;
  };
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        End all others
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger
        title="End all your other sessions?"
        description="Every other browser in which you are signed in is signed out with its next request."
        confirmLabel="End all others"
        onConfirm={confirm}
      />
    </>
  );
};
