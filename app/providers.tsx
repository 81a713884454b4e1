'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { Toaster } from '@/components/ui/toast';
import { TooltipProvider } from '@/components/ui/tooltip';

/** Events say when something is stale; reading again on its own is for when one was missed. */
const STALE_MS = 30_000;

export const Providers = ({ children }: { readonly children: ReactNode }) => {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: STALE_MS, retry: 1 } } }));
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange>
      <QueryClientProvider client={client}>
        <TooltipProvider>
          {children}
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
};
