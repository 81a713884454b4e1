'use client';

import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface SignInFormProps {
  /** Path to go on to. */
  readonly target: string;
  /** The error with which next-auth sent the person back. */
  readonly error: string | null;
}

interface Values {
  readonly email: string;
  readonly password: string;
  /** Of the authenticator, or a recovery code: asked for once the password was right. */
  readonly code: string;
}

const messageOf = (error: string): string => {
  switch (error) {
    case 'CredentialsSignin':
      return 'E-mail address and password do not match.';
    case 'CodeWrong':
      return 'This code is wrong, or was used already. Wait for the next one.';
    case 'TooManyRequests':
      return 'Too many failed sign-ins. Wait a few minutes and try again.';
    default:
      return 'Sign-in did not work just now. Try again.';
  }
};

export const SignInForm = ({ target, error }: SignInFormProps) => {
  const router = useRouter();
  const [refusal, setRefusal] = useState(error === null ? null : messageOf(error));
  const [asksCode, setAsksCode] = useState(false);
  const { register, handleSubmit, formState, resetField, setFocus } = useForm<Values>({
    defaultValues: { email: '', password: '', code: '' },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = formState;

  const submit = handleSubmit(async (values) => {
    setRefusal(null);
    const answer = await signIn('credentials', { ...values, redirect: false }).catch(() => undefined);
    if (answer?.ok && !answer.error) {
      router.replace(target);
      router.refresh();
      return;
    }
    if (answer?.error === 'CodeNeeded') {
      setAsksCode(true);
      return;
    }
    setRefusal(messageOf(answer?.error ?? ''));
    const again = answer?.error === 'CodeWrong' ? 'code' : 'password';
    resetField(again);
    if (again === 'password') setAsksCode(false);
    setFocus(again);
  });

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <h1 className="font-semibold text-xl tracking-tight">Sign in</h1>
      {refusal !== null && (
        <Callout tone="bad" role="alert">
          {refusal}
        </Callout>
      )}
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('email', { required: 'Your e-mail address.' })}
            type="email"
            autoComplete="username"
            autoFocus
            className="h-9"
          />
        )}
      </Field>
      <Field label="Password" error={errors.password?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('password', { required: 'Your password.' })}
            type="password"
            autoComplete="current-password"
            className="h-9"
          />
        )}
      </Field>
      {asksCode && (
        <Field
          label="Code"
          hint="The 6 digits that your authenticator shows, or a recovery code."
          error={errors.code?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...register('code', { required: 'The code.' })}
              autoComplete="one-time-code"
              spellCheck={false}
              autoFocus
              className="h-9 font-mono"
            />
          )}
        </Field>
      )}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={isSubmitting || (isSubmitSuccessful && refusal === null && !asksCode)}
        className="mt-1"
      >
        Sign in
      </Button>
    </form>
  );
};
