'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/domain/action-result';
import type { SmtpTested, TestSmtpInput } from '@/lib/domain/contract';

interface TestMailProps {
  /** The viewer's address. */
  readonly to: string;
  readonly send: (input: TestSmtpInput) => Promise<ActionResult<SmtpTested>>;
}

export const TestMail = ({ to: initial, send }: TestMailProps) => {
  const [to, setTo] = useState(initial);
  const [answer, setAnswer] = useState<ActionResult<SmtpTested> | null>(null);
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    startTransition(async () => setAnswer(await send({ to })));
  };
  const error = answer?.ok === false ? (answer.error.fields[0]?.message ?? answer.error.message) : undefined;
  return (
    <form noValidate onSubmit={submit} className="flex max-w-xl flex-col items-start gap-4 [&>*:not(button)]:w-full">
      <Field label="To" error={error}>
        {(control) => <Input {...control} type="email" value={to} onChange={(event) => setTo(event.target.value)} />}
      </Field>
      {answer?.ok === true && (
        <Callout tone="ok" role="status">
          {answer.value.server} took the mail to {answer.value.to}.
        </Callout>
      )}
      <Button type="submit" pending={isPending}>
        Send test mail
      </Button>
    </form>
  );
};
