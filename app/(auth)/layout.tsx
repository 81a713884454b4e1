import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';

export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[max(2rem,16vh)] pb-8">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex items-center gap-2 font-semibold text-lg tracking-tight">
          <Logo className="size-5" />
          Headroom
        </div>
        {children}
      </div>
    </main>
  );
}
