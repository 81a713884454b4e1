'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CopyButton } from '@/components/ui/copy-button';
import { CodeForm } from './code-form';
import { RecoveryCodesList } from './recovery-codes';
import type { Enrolment, TwoFactorActions } from './two-factor-actions';

interface EnrolTwoFactorProps {
  readonly actions: Pick<TwoFactorActions, 'begin' | 'confirm'>;
  readonly doneLabel: string;
  readonly onDone: () => void;
}

const QR_SIZE = 176;

/** From the QR code by a first code to the recovery codes. */
export const EnrolTwoFactor = ({ actions, doneLabel, onDone }: EnrolTwoFactorProps) => {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const begin = (): void =>
    startTransition(async () => {
      const answer = await actions.begin();
      if (answer.ok) setEnrolment(answer.value);
      setRefusal(answer.ok ? null : answer.error.message);
    });
  if (codes !== null) return <RecoveryCodesList codes={codes} doneLabel={doneLabel} onDone={onDone} />;
  if (enrolment === null) {
    return (
      <div className="flex flex-col items-start gap-4">
        {refusal !== null && (
          <Callout tone="bad" role="alert">
            {refusal}
          </Callout>
        )}
        <Button variant="primary" pending={isPending} onClick={begin}>
          Set up two-factor sign-in
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-5 sm:flex-row sm:gap-8">
      <div className="flex flex-col gap-3">
        <p className="max-w-60 text-fg-2 text-sm">Scan this with your authenticator, or type the secret into it.</p>
        {/* biome-ignore lint/performance/noImgElement: it is made of data, there is nothing to optimise */}
        <img
          src={enrolment.qr}
          width={QR_SIZE}
          height={QR_SIZE}
          alt="QR code of the secret; the same in text stands below"
          className="rounded-md border bg-white p-2"
        />
        <div className="flex max-w-60 items-start gap-2">
          <code data-testid="totp-secret" className="min-w-0 break-all font-mono text-xs">
            {enrolment.secret}
          </code>
          <CopyButton text={enrolment.secret} label="Copy the secret" />
        </div>
      </div>
      <CodeForm
        label="Code"
        hint="The 6 digits that your authenticator shows now."
        submitLabel="Turn on"
        send={actions.confirm}
        onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
      />
    </div>
  );
};
