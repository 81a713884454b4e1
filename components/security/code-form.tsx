'use client';

import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionError, ActionResult } from '@/lib/domain/action-result';
import type { CodeInput } from '@/lib/domain/contract';

interface CodeFormProps<T> {
  readonly label: string;
  readonly hint?: string;
  readonly submitLabel: string;
  readonly danger?: boolean;
  readonly send: (input: CodeInput) => Promise<ActionResult<T>>;
  readonly onDone: (value: T) => void;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** Asks for a code and does with it what only the owner of the second factor may. */
export const CodeForm = <T,>({ label, hint, submitLabel, danger, send, onDone, children }: CodeFormProps<T>) => {
  const [code, setCode] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const [isPending, startTransition] = useTransition();
  const wrong = refusal?.fields.find(({ field }) => field === 'code')?.message;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setRefusal(null);
    setIsMissing(code === '');
    if (code === '') return;
    startTransition(async () => {
      const answer = await send({ code });
      if (!answer.ok) return setRefusal(answer.error);
      setCode('');
      onDone(answer.value);
    });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="flex max-w-sm flex-col gap-4">
      {refusal !== null && wrong === undefined && (
        <Callout tone="bad" role="alert">
          {refusal.message}
        </Callout>
      )}
      <Field label={label} hint={hint} error={isMissing ? 'The code.' : wrong}>
        {(control) => (
          <Input
            {...control}
            name="code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="one-time-code"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={danger === true ? 'danger' : 'primary'} pending={isPending}>
          {submitLabel}
        </Button>
        {children}
      </div>
    </form>
  );
};
