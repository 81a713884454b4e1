import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';

/** Around pages that a link in a mail opens: nobody need be signed in, a phone is the usual screen. */
export default function LinkLayout({ children }: { readonly children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col px-4 pt-4 sm:px-6">
      <div className="mb-4 flex items-center gap-2 font-semibold text-base tracking-tight">
        <Logo className="size-4.5" />
        Headroom
      </div>
      {children}
    </main>
  );
}
