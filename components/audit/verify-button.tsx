'use client';

import { ShieldCheck } from 'lucide-react';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import type { ActionResult } from '@/lib/domain/action-result';
import type { AuditVerifyView } from '@/lib/domain/contract';

interface VerifyButtonProps {
  readonly verify: () => Promise<ActionResult<AuditVerifyView>>;
}

const Verdict = ({ answer }: { readonly answer: ActionResult<AuditVerifyView> }) => {
  if (!answer.ok) return <Callout tone="bad">{answer.error.message}</Callout>;
  return (
    <Callout
      tone={answer.value.ok ? 'ok' : 'bad'}
      title={answer.value.ok ? 'The trail is whole' : `The trail is broken at entry ${answer.value.brokenAt}`}
      className="break-words [&_div]:break-all"
    >
      {answer.value.message}
    </Callout>
  );
};

/** Recomputes the chain of hashes on the server. */
export const VerifyButton = ({ verify }: VerifyButtonProps) => {
  const [answer, setAnswer] = useState<ActionResult<AuditVerifyView> | null>(null);
  const [isPending, startTransition] = useTransition();
  return (
    <>
      <Button pending={isPending} onClick={() => startTransition(async () => setAnswer(await verify()))}>
        <ShieldCheck aria-hidden /> Verify
      </Button>
      <Dialog
        open={answer !== null}
        onOpenChange={(open) => !open && setAnswer(null)}
        title="Audit trail"
        description="Every entry holds the hash of the one before it. Keep the last hash elsewhere: it shows if entries are cut off at the end."
        footer={
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
        }
      >
        {answer !== null && <Verdict answer={answer} />}
      </Dialog>
    </>
  );
};
