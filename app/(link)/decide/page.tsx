import type { Metadata } from 'next';
import Link from 'next/link';
import { DecideByLink } from '@/components/approvals/decide-by-link';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { getDatabase } from '@/lib/db/client';
import { isHeadroomError } from '@/lib/domain/errors';
import { type OpenedLink, openApprovalLink } from '@/lib/usecases/recommendations/approval-links';
import { answer } from './actions';

/** The link is a secret: it is not told to any page that one goes on to. */
export const metadata: Metadata = { title: 'Approval', referrer: 'no-referrer', robots: { index: false } };
export const dynamic = 'force-dynamic';

interface DecidePageProps {
  readonly searchParams: Promise<{ readonly token?: string | string[] }>;
}

const open = async (token: string): Promise<OpenedLink | null> => {
  try {
    return await openApprovalLink(getDatabase(), token, new Date());
  } catch (error) {
    if (isHeadroomError(error) && error.code === 'forbidden') return null;
    throw error;
  }
};

/** Shows what is asked for; only a press of a button answers. Programs that follow links in mails change nothing. */
export default async function DecidePage({ searchParams }: DecidePageProps) {
  const { token } = await searchParams;
  const opened = typeof token === 'string' ? await open(token) : null;
  if (typeof token !== 'string' || opened === null) {
    return (
      <div className="flex flex-col items-start gap-4">
        <h1 className="font-semibold text-xl tracking-tight">This link does not open</h1>
        <Callout tone="warn" title="It is not valid (any more)">
          A link in a mail answers once, and only for the person whom it was sent to. Sign in to see what waits for you.
        </Callout>
        <Button asChild variant="primary" size="lg">
          <Link prefetch={false} href="/approvals">
            Open the console
          </Link>
        </Button>
      </div>
    );
  }
  return <DecideByLink token={token} opened={opened} answer={answer} />;
}
