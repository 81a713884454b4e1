'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { applyActionError } from '@/components/ui/form-errors';
import { Input } from '@/components/ui/input';
import { resolverOnDemand } from '@/components/ui/resolver-on-demand';
import type { ActionResult } from '@/lib/domain/action-result';
import type { createUserSchema } from '@/lib/domain/contract';

interface SetupFormProps {
  readonly token: string;
  readonly create: (input: unknown) => Promise<ActionResult<null>>;
}

type Values = Omit<z.input<typeof createUserSchema>, 'role'>;

const resolver = resolverOnDemand(async () => {
  const [{ zodResolver }, { createUserSchema }] = await Promise.all([
    import('@hookform/resolvers/zod'),
    import('@/lib/domain/contract/admin'),
  ]);
  return zodResolver(createUserSchema.omit({ role: true }));
});

/** Makes the first administrator and signs them in. */
export const SetupForm = ({ token, create }: SetupFormProps) => {
  const [refusal, setRefusal] = useState<string | null>(null);
  const { register, handleSubmit, formState, setError } = useForm<Values>({
    resolver,
    defaultValues: { name: '', email: '', password: '' },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = formState;

  const submit = handleSubmit(async (values) => {
    setRefusal(null);
    const answer = await create({ ...values, token });
    if (!answer.ok) {
      setRefusal(applyActionError(answer.error, ['name', 'email', 'password'], setError));
      return;
    }
    const signedIn = await signIn('credentials', { email: values.email, password: values.password, redirect: false });
    window.location.assign(signedIn?.ok && !signedIn.error ? '/' : '/signin');
  });

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">Make the first administrator</h1>
        <p className="mt-1 text-fg-2 text-sm">You can add everybody else once you are in.</p>
      </div>
      {refusal !== null && (
        <Callout tone="bad" role="alert">
          {refusal}
        </Callout>
      )}
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...register('name')} autoComplete="name" autoFocus className="h-9" />}
      </Field>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => (
          <Input {...control} {...register('email')} type="email" autoComplete="username" className="h-9" />
        )}
      </Field>
      <Field label="Password" hint="At least 12 characters." error={errors.password?.message}>
        {(control) => (
          <Input {...control} {...register('password')} type="password" autoComplete="new-password" className="h-9" />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={isSubmitting || (isSubmitSuccessful && refusal === null && Object.keys(errors).length === 0)}
        className="mt-1"
      >
        Create and sign in
      </Button>
    </form>
  );
};
