import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/auth/sign-in-form';
import { Callout } from '@/components/ui/callout';
import { findActor } from '@/lib/auth/require-actor';
import { hasAdministrator } from '@/lib/auth/setup-link';
import { getDatabase } from '@/lib/db/client';
import { findOidcProvider } from '@/lib/usecases/settings/oidc';
import { safePath } from './safe-path';

export const metadata: Metadata = { title: 'Sign in' };
export const dynamic = 'force-dynamic';

interface SignInPageProps {
  readonly searchParams: Promise<{ readonly callbackUrl?: string | string[]; readonly error?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, error } = await searchParams;
  const target = safePath(typeof callbackUrl === 'string' ? callbackUrl : undefined);
  if ((await findActor()) !== null) redirect(target);
  if (!(await hasAdministrator(getDatabase()))) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">Nobody can sign in yet</h1>
        <Callout tone="busy" title="Make the first administrator">
          Open the one-time link that Headroom printed in the terminal when it started. Starting it again prints a new
          one.
        </Callout>
      </div>
    );
  }
  // A provider that cannot be read keeps nobody with a password out.
  const provider = await findOidcProvider(getDatabase()).catch(() => null);
  const sso = provider === null ? null : { label: provider.label };
  return <SignInForm target={target} error={typeof error === 'string' ? error : null} sso={sso} />;
}
