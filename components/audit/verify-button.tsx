'use client';

import { ShieldCheck } from 'lucide-react';
import { useState, useTransition } from 'react';
import { Status } from '@/components/ui/badge';
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
  const { ok, message, chains = [] } = answer.value;
  return (
    <div className="flex flex-col gap-3">
      <Callout
        tone={ok ? 'ok' : 'bad'}
        title={ok ? 'Everything is as it was written' : 'Something was changed'}
        className="break-words [&_div]:break-all"
      >
        {ok ? undefined : message}
      </Callout>
      <ul className="flex flex-col divide-y rounded-md border text-sm">
        {chains.map((chain) => (
          <li key={chain.name} className="flex flex-col gap-0.5 px-3 py-2">
            <Status tone={chain.ok ? 'ok' : 'bad'}>
              {chain.name}: {chain.ok ? 'whole' : `broken at ${chain.brokenAt}`}
            </Status>
            <span className="break-all text-fg-3 text-xs">{chain.message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Recomputes all chains of hashes on the server: audit trail, usage, rates, statements. */
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
          <DialogClose>
            <Button>Close</Button>
          </DialogClose>
        }
      >
        {answer !== null && <Verdict answer={answer} />}
      </Dialog>
    </>
  );
};
