'use client';

import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useState, useTransition } from 'react';
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
  /** The provider of single sign-on, where there is one. */
  readonly sso: { readonly label: string } | null;
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
    case 'sso-no-role':
      return 'You are known, but none of your groups may use Headroom. Ask an administrator.';
    case 'sso-no-email':
      return 'Your provider gave no e-mail address. Ask an administrator.';
    case 'sso-email-taken':
      return 'Your e-mail address belongs to another account here. Sign in with its password, or ask an administrator.';
    case 'sso-disabled':
      return 'Your account is disabled. Ask an administrator.';
    case 'OAuthSignin':
    case 'OAuthCallback':
      return 'Single sign-on did not work: the provider could not be asked, or the sign-in there was not finished.';
    default:
      return 'Sign-in did not work just now. Try again.';
  }
};

export const SignInForm = ({ target, error, sso }: SignInFormProps) => {
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
      {sso !== null && <SsoButton label={sso.label} target={target} />}
    </form>
  );
};

const SsoButton = ({ label, target }: { readonly label: string; readonly target: string }) => {
  const [isPending, startTransition] = useTransition();
  const go = (): void =>
    startTransition(async () => {
      await signIn('oidc', { callbackUrl: target });
    });
  return (
    <>
      <div
        aria-hidden
        className="flex items-center gap-3 text-fg-3 text-xs before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line"
      >
        or
      </div>
      <Button size="lg" pending={isPending} onClick={go}>
        Continue with {label}
      </Button>
    </>
  );
};
