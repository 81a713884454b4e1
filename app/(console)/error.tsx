'use client';

import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page-header';

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function ConsoleError({ error, reset }: ErrorPageProps) {
  return (
    <Page>
      <ErrorState
        title="This page could not be shown"
        message={
          error.digest === undefined
            ? 'Something went wrong. Try again.'
            : `Something went wrong. Try again; the server’s log has it under ${error.digest}.`
        }
        onRetry={reset}
      />
    </Page>
  );
}
