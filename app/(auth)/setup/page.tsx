import type { Metadata } from 'next';
import Link from 'next/link';
import { SetupForm } from '@/components/auth/setup-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { hasAdministrator, isSetupLinkValid } from '@/lib/auth/setup-link';
import { getDatabase } from '@/lib/db/client';
import { createAdministrator } from './actions';

/** The link is a secret: it is not told to any page that one goes on to. */
export const metadata: Metadata = { title: 'Set up', referrer: 'no-referrer', robots: { index: false } };
export const dynamic = 'force-dynamic';

interface SetupPageProps {
  readonly searchParams: Promise<{ readonly token?: string | string[] }>;
}

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { token } = await searchParams;
  const db = getDatabase();
  if (await hasAdministrator(db)) {
    return (
      <div className="flex flex-col items-start gap-4">
        <h1 className="font-semibold text-xl tracking-tight">Headroom is set up</h1>
        <Callout tone="ok">There is an administrator already, so set-up links no longer open anything.</Callout>
        <Button asChild variant="primary">
          <Link href="/signin">Sign in</Link>
        </Button>
      </div>
    );
  }
  if (typeof token !== 'string' || !(await isSetupLinkValid(db, token))) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">This link does not open</h1>
        <Callout tone="warn" title="Used, expired or replaced by a newer one">
          A set-up link works once and for 24 hours. Start Headroom again: it prints a new one in the terminal as long
          as there is no administrator.
        </Callout>
      </div>
    );
  }
  return <SetupForm token={token} create={createAdministrator} />;
}
