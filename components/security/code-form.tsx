'use client';

import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { applyActionError } from '@/components/ui/form-errors';
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/domain/action-result';
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
  const [refusal, setRefusal] = useState<string | null>(null);
  const { register, handleSubmit, formState, setError, reset } = useForm<CodeInput>({ defaultValues: { code: '' } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    setRefusal(null);
    const answer = await send(values);
    if (!answer.ok) {
      setRefusal(applyActionError(answer.error, ['code'], setError));
      return;
    }
    reset();
    onDone(answer.value);
  });
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex max-w-sm flex-col gap-4">
      {refusal !== null && (
        <Callout tone="bad" role="alert">
          {refusal}
        </Callout>
      )}
      <Field label={label} hint={hint} error={errors.code?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('code', { required: 'The code.' })}
            autoComplete="one-time-code"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={danger === true ? 'danger' : 'primary'} pending={isSubmitting}>
          {submitLabel}
        </Button>
        {children}
      </div>
    </form>
  );
};
