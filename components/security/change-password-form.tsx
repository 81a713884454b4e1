'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { applyActionError } from '@/components/ui/form-errors';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';
import { type ChangeOwnPasswordInput, changeOwnPasswordSchema, type SessionsEnded } from '@/lib/domain/contract';
import { sessionsEndedText } from './end-others-button';

const schema = changeOwnPasswordSchema
  .extend({ again: z.string() })
  .refine((values) => values.again === values.newPassword, { path: ['again'], message: 'This is not the same.' });
type Values = z.input<typeof schema>;

interface ChangePasswordFormProps {
  readonly change: (input: ChangeOwnPasswordInput) => Promise<ActionResult<SessionsEnded>>;
}

export const ChangePasswordForm = ({ change }: ChangePasswordFormProps) => {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { register, handleSubmit, formState, setError, reset } = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: { currentPassword: '', newPassword: '', again: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ currentPassword, newPassword }) => {
    setRefusal(null);
    const answer = await change({ currentPassword, newPassword });
    if (!answer.ok) {
      setRefusal(applyActionError(answer.error, ['currentPassword', 'newPassword'], setError));
      return;
    }
    reset();
    toast.success(`Your password is changed; ${sessionsEndedText(answer.value.ended)}`);
    router.refresh();
  });
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void submit(event)}
      className="flex max-w-sm flex-col items-start gap-4 [&>*:not(button)]:w-full"
    >
      {refusal !== null && (
        <Callout tone="bad" role="alert">
          {refusal}
        </Callout>
      )}
      <Field label="Present password" error={errors.currentPassword?.message}>
        {(control) => (
          <Input {...control} {...register('currentPassword')} type="password" autoComplete="current-password" />
        )}
      </Field>
      <Field label="New password" hint="At least 12 characters." error={errors.newPassword?.message}>
        {(control) => <Input {...control} {...register('newPassword')} type="password" autoComplete="new-password" />}
      </Field>
      <Field label="New password, again" error={errors.again?.message}>
        {(control) => <Input {...control} {...register('again')} type="password" autoComplete="new-password" />}
      </Field>
      <Button type="submit" variant="primary" pending={isSubmitting}>
        Change password
      </Button>
    </form>
  );
};
