'use client';

import { ErrorState } from './error-state';

interface PageErrorProps {
  readonly error: Error & { readonly digest?: string };
  /** Asks the server for the page again. */
  readonly retry: () => void;
}

/** In place of a page that could not be shown. */
export const PageError = ({ error, retry }: PageErrorProps) => (
  <>
    <h1 className="sr-only">This page could not be shown</h1>
    <ErrorState
      title="This page could not be shown"
      message={
        error.digest === undefined
          ? 'Something went wrong. Try again.'
          : `Something went wrong. Try again; the server’s log has it under ${error.digest}.`
      }
      onRetry={retry}
    />
  </>
);
