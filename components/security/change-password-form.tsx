'use client';

import { useRouter } from 'next/navigation';
import { type ChangeEvent, type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { ActionError, ActionResult } from '@/lib/domain/action-result';
import type { ChangeOwnPasswordInput, SessionsEnded } from '@/lib/domain/contract';
import { sessionsEndedText } from './end-others-button';

interface ChangePasswordFormProps {
  readonly change: (input: ChangeOwnPasswordInput) => Promise<ActionResult<SessionsEnded>>;
}

const EMPTY = { currentPassword: '', newPassword: '', again: '' } as const;
type Values = Readonly<Record<keyof typeof EMPTY, string>>;

export const ChangePasswordForm = ({ change }: ChangePasswordFormProps) => {
  const router = useRouter();
  const [values, setValues] = useState<Values>(EMPTY);
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const [isDifferent, setIsDifferent] = useState(false);
  const [isPending, startTransition] = useTransition();
  const errorOf = (field: string): string | undefined => refusal?.fields.find((f) => f.field === field)?.message;
  const password = (field: keyof Values, autoComplete: string) => ({
    name: field,
    type: 'password',
    autoComplete,
    value: values[field],
    onChange: (event: ChangeEvent<HTMLInputElement>) => setValues({ ...values, [field]: event.target.value }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { currentPassword, newPassword, again } = values;
    setRefusal(null);
    setIsDifferent(again !== newPassword);
    if (again !== newPassword) return;
    startTransition(async () => {
      const answer = await change({ currentPassword, newPassword });
      if (!answer.ok) return setRefusal(answer.error);
      setValues(EMPTY);
      toast.success(`Your password is changed; ${sessionsEndedText(answer.value.ended)}`);
      router.refresh();
    });
  };
  return (
    <form
      method="post"
      noValidate
      onSubmit={submit}
      className="flex max-w-sm flex-col items-start gap-4 [&>*:not(button)]:w-full"
    >
      {refusal !== null && refusal.fields.length === 0 && (
        <Callout tone="bad" role="alert">
          {refusal.message}
        </Callout>
      )}
      <Field label="Present password" error={errorOf('currentPassword')}>
        {(control) => <Input {...control} {...password('currentPassword', 'current-password')} />}
      </Field>
      <Field label="New password" hint="At least 12 characters." error={errorOf('newPassword')}>
        {(control) => <Input {...control} {...password('newPassword', 'new-password')} />}
      </Field>
      <Field label="New password, again" error={isDifferent ? 'This is not the same.' : undefined}>
        {(control) => <Input {...control} {...password('again', 'new-password')} />}
      </Field>
      <Button type="submit" variant="primary" pending={isPending}>
        Change password
      </Button>
    </form>
  );
};
