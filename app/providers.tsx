'use client';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { ApiError } from '@/components/live/api';
import { Toaster } from '@/components/ui/toast';
import { Tooltips } from '@/components/ui/tooltip';

/** Events say when something is stale; reading again on its own is for when one was missed. */
const STALE_MS = 30_000;

/** The session ended while the page was open: it comes back to where it was after sign-in. */
const leaveWhenSignedOut = (error: Error): void => {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/signin?callbackUrl=${encodeURIComponent(here)}`);
};

const createClient = (): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: { queries: { staleTime: STALE_MS, retry: retryOnce } },
  });

/** What the server refused it refuses again. */
const retryOnce = (failures: number, error: Error): boolean =>
  failures < 1 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);

interface ProvidersProps {
  /** Of the page's content security policy, for the script that sets the theme before the first paint. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

export const Providers = ({ nonce, children }: ProvidersProps) => {
  const [client] = useState(createClient);
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryClientProvider client={client}>
        {children}
        <Toaster />
        <Tooltips />
      </QueryClientProvider>
    </ThemeProvider>
  );
};
